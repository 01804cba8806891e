;; Forms of R7RS and others written with syntax-case.
;; output: (2 1)
;; output: 5
;; output: (1 2 3)
;; output: found
;; output: 3
;; output: fallback
;; output: (one 1)
;; output: (two 1 2)
;; output: (many 1 2 (3 4))
;; output: (0 1 4 9 16)
;; output: ((1 a) (1 b) (2 a) (2 b))
;; output: #t
;; output: (3 7 9)
;; output: (1 2)
(import (scheme base) (scheme write) (kestrel syntax-case))

(define-syntax show
  (lambda (stx)
    (syntax-case stx ()
      ((_ e) #'(begin (write e) (newline))))))

(define-syntax swap!
  (lambda (stx)
    (syntax-case stx ()
      ((_ a b) #'(let ((tmp a)) (set! a b) (set! b tmp))))))
(define tmp 1)
(define other 2)
(swap! tmp other)
(show (list tmp other))

;; `break` is the user's, on purpose.
(define-syntax while
  (lambda (stx)
    (syntax-case stx ()
      ((k test body ...)
       (with-syntax ((break (datum->syntax #'k 'break)))
         #'(call/cc
            (lambda (break)
              (let loop () (when test body ... (loop))))))))))
(define i 0)
(while #t (set! i (+ i 1)) (if (= i 5) (break #f)))
(show i)

(define-syntax my-let
  (lambda (stx)
    (define (identifiers? ids)
      (or (null? ids) (and (identifier? (car ids)) (identifiers? (cdr ids)))))
    (syntax-case stx ()
      ((_ ((x e) ...) body1 body2 ...)
       (identifiers? #'(x ...))
       #'((lambda (x ...) body1 body2 ...) e ...))
      ((_ name ((x e) ...) body1 body2 ...)
       (and (identifier? #'name) (identifiers? #'(x ...)))
       #'((letrec ((name (lambda (x ...) body1 body2 ...))) name) e ...)))))
(show (my-let loop ((n 3) (all '())) (if (= n 0) all (loop (- n 1) (cons n all)))))

(define-syntax my-cond
  (lambda (stx)
    (syntax-case stx (else =>)
      ((_ (else e1 e2 ...)) #'(begin e1 e2 ...))
      ((_ (test => receiver)) #'(let ((t test)) (if t (receiver t) #f)))
      ((_ (test => receiver) clause ...) #'(let ((t test)) (if t (receiver t) (my-cond clause ...))))
      ((_ (test e1 e2 ...)) #'(if test (begin e1 e2 ...) #f))
      ((_ (test e1 e2 ...) clause ...) #'(if test (begin e1 e2 ...) (my-cond clause ...))))))
(show (my-cond ((assq 'b '((a . lost) (b . found))) => cdr) (else 'none)))
(define t #f)
(show (my-cond (t => list) (#f 1) (else 3)))
(show (my-cond ((assq 'c '((a . 1))) => cdr) (else 'fallback)))

(define-syntax my-case-lambda
  (lambda (stx)
    (syntax-case stx ()
      ((_ (formals body1 body2 ...) ...)
       #'(lambda args
           (let ((n (length args)))
             (cond ((accepts? 'formals n) (apply (lambda formals body1 body2 ...) args)) ...
                   (else (error "no clause" n)))))))))
(define (accepts? formals n)
  (cond ((pair? formals) (and (> n 0) (accepts? (cdr formals) (- n 1))))
        ((null? formals) (= n 0))
        (else #t)))
(define f
  (my-case-lambda
   ((a) (list 'one a))
   ((a b) (list 'two a b))
   ((a b . rest) (list 'many a b rest))))
(show (f 1))
(show (f 1 2))
(show (f 1 2 3 4))

(define-syntax for-list
  (lambda (stx)
    (syntax-case stx (in)
      ((_ e) #'(list e))
      ((_ e (x in list) clause ...)
       #'(apply append (map (lambda (x) (for-list e clause ...)) list))))))
(define-syntax in (syntax-rules ()))
(show (for-list (* x x) (x in '(0 1 2 3 4))))
(show (for-list (list x y) (x in '(1 2)) (y in '(a b))))

(define-syntax define-structure
  (lambda (stx)
    (define (join context . parts)
      (datum->syntax context
        (string->symbol
         (apply string-append
                (map (lambda (p) (if (string? p) p (symbol->string (syntax->datum p)))) parts)))))
    (syntax-case stx ()
      ((_ name field ...)
       (with-syntax ((make (join #'name "make-" #'name))
                     (test (join #'name #'name "?"))
                     ((get ...) (map (lambda (f) (join #'name #'name "-" f)) #'(field ...)))
                     ((set ...) (map (lambda (f) (join #'name "set-" #'name "-" f "!")) #'(field ...))))
         #'(define-record-type name (make field ...) test (field get set) ...))))))
(define-structure point x y)
(define p (make-point 3 4))
(show (point? p))
(set-point-y! p 7)
(define-structure size width)
(show (list (point-x p) (point-y p) (size-width (make-size 9))))

(define-syntax my-let-values
  (lambda (stx)
    (syntax-case stx ()
      ((_ ((x ...) e) body ...)
       (with-syntax (((t ...) (generate-temporaries #'(x ...))))
         #'(call-with-values (lambda () e) (lambda (t ...) (let ((x t) ...) body ...))))))))
(show (my-let-values ((a b) (values 1 2)) (list a b)))
