;; er-, ir-, sc- and rsc-macro-transformer.
;; output: (2 1)
;; output: (2 1)
;; output: (2 #f)
;; output: (#t #t #f)
;; output: 3
;; output: (7 7 7)
;; output: (1 (2 3))
;; output: (anaphor 4)
;; output: (symbol pair #t)
;; output: (1 2 3 4)
;; output: 120
(import (scheme base) (scheme write) (kestrel macros))
(define-syntax show (syntax-rules () ((_ e) (begin (write e) (newline)))))

(define-syntax swap!
  (er-macro-transformer
   (lambda (form rename compare)
     (let ((a (cadr form)) (b (car (cddr form))))
       `(,(rename 'let) ((,(rename 'tmp) ,a))
         (,(rename 'set!) ,a ,b)
         (,(rename 'set!) ,b ,(rename 'tmp)))))))
(define tmp 1)
(define other 2)
(swap! tmp other)
(show (list tmp other))
;; The user's variables may have the names of what the macro uses.
(show ((lambda (let set!) (swap! let set!) (list let set!)) 1 2))

;; `compare` goes by meaning: a shadowed else is none.
(define-syntax my-cond
  (er-macro-transformer
   (lambda (form rename compare)
     (let loop ((clauses (cdr form)))
       (if (null? clauses)
           #f
           (let ((clause (car clauses)))
             (if (compare (car clause) (rename 'else))
                 `(,(rename 'begin) ,@(cdr clause))
                 `(,(rename 'if) ,(car clause) (,(rename 'begin) ,@(cdr clause)) ,(loop (cdr clauses))))))))))
(show (list (my-cond (#f 1) (else 2)) (let ((else #f)) (my-cond (#f 1) (else 2)))))

;; The same name renamed twice is the same object; symbols are symbols.
(define-syntax facts
  (er-macro-transformer
   (lambda (form rename compare)
     `(,(rename 'quote) (,(eq? (rename 'x) (rename 'x)) ,(symbol? (cadr form)) ,(compare (rename 'x) (cadr form)))))))
(show (let ((x 1)) (facts x)))

;; A macro used by another one: its symbols are that macro's.
(define-syntax add (er-macro-transformer (lambda (form rename compare) (cons (rename '+) (cdr form)))))
(define-syntax add-one (syntax-rules () ((_ e) (let ((+ -) (x 1)) (add e x)))))
(define x 2)
(show (add-one x))

;; or, hygienic in three styles.
(define-syntax ir-or
  (ir-macro-transformer
   (lambda (form inject compare)
     `(let ((t ,(cadr form))) (if t t ,(car (cddr form)))))))
(define-syntax sc-or
  (sc-macro-transformer
   (lambda (form environment)
     `(let ((t ,(close-syntax (cadr form) environment)))
        (if t t ,(close-syntax (car (cddr form)) environment))))))
(define-syntax rsc-or
  (rsc-macro-transformer
   (lambda (form environment)
     (let ((definition (lambda (name) (close-syntax name environment))))
       `(,(definition 'let) ((,(definition 't) ,(cadr form)))
         (,(definition 'if) ,(definition 't) ,(definition 't) ,(car (cddr form))))))))
(define t 7)
(show (list (ir-or #f t) (sc-or #f t) (rsc-or #f t)))

;; Improper forms.
(define-syntax dotted (er-macro-transformer (lambda (form rename compare) `(,(rename 'quote) ,(cdr form)))))
(show (list (dotted . 1) (dotted 2 3)))

;; Capture on purpose: a symbol that was not renamed is the user's.
(define-syntax aif
  (er-macro-transformer
   (lambda (form rename compare)
     `(,(rename 'let) ((it ,(cadr form))) (,(rename 'if) it ,@(cddr form))))))
(define-syntax ir-aif
  (ir-macro-transformer
   (lambda (form inject compare)
     (let ((it (inject 'it))) `(let ((,it ,(cadr form))) (if ,it ,@(cddr form)))))))
(show (list (aif 'anaphor it #f) (ir-aif (assv 3 '((3 . 4))) (cdr it) #f)))

(define-syntax shape
  (er-macro-transformer
   (lambda (form rename compare)
     (let ((a (cadr form)) (b (car (cddr form))) (c (cadr (cddr form))))
       `(,(rename 'quote) (,(if (symbol? a) 'symbol 'other) ,(if (pair? b) 'pair 'other) ,(equal? c "s")))))))
(show (shape a (b) "s"))

;; A loop whose exit is the user's name.
(define-syntax collecting
  (er-macro-transformer
   (lambda (form rename compare)
     (let ((%let (rename 'let)) (%acc (rename 'acc)) (%lambda (rename 'lambda)))
       `(,%let ((,%acc '()))
          (,%let ((,(cadr form) (,%lambda (acc) (,(rename 'set!) ,%acc (,(rename 'cons) acc ,%acc)))))
            ,@(cddr form)
            (,(rename 'reverse) ,%acc)))))))
(show (collecting yield (for-each yield '(1 2 3)) (yield 4)))

;; Recursive use with a computed body.
(define-syntax product
  (er-macro-transformer
   (lambda (form rename compare)
     (if (null? (cdr form)) 1 `(,(rename '*) ,(cadr form) (,(rename 'product) ,@(cddr form)))))))
(show (product 1 2 3 4 5))
