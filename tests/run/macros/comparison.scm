;; free-identifier=? and bound-identifier=?, literals, temporaries, datum->syntax.
;; output: (else else)
;; output: (#f #f)
;; output: (#t #f #f)
;; output: (distinct repeated distinct)
;; output: (same other same)
;; output: #t
;; output: (captured captured)
;; output: (not-captured captured)
;; output: not-captured
;; output: (a (b . c) #(1 "s" #\x) 2.5)
;; output: (#f #t #f #f)
;; output: (yes no)
;; output: (#t #t)
;; output: (1/2 123456789012345678901234567890 #u8(1 2))
(import (scheme base) (scheme write) (kestrel syntax-case)
        (rename (only (scheme base) else car) (else sonst) (car kopf)))
(define-syntax show (syntax-rules () ((_ e) (begin (write e) (newline)))))

;; A literal matches by meaning: renamed by an import, but not when shadowed.
(define-syntax else? (lambda (stx) (syntax-case stx (else) ((_ else) #''else) ((_ x) #'#f))))
(show (list (else? else) (else? sonst)))
(show (let ((else 1)) (list (else? else) (let ((sonst 2)) (else? sonst)))))

;; Literals that are bound nowhere match by name.
(define-syntax word? (lambda (stx) (syntax-case stx (magic) ((_ magic) #'#t) ((_ x) #'#f))))
(show (list (word? magic) (word? magical) (let ((magic 1)) (word? magic))))

;; bound-identifier=? finds a repeated parameter, but not one that another macro introduced.
(define-for-syntax (repeats? ids)
  (and (pair? ids)
       (or (let loop ((r (cdr ids))) (and (pair? r) (or (bound-identifier=? (car ids) (car r)) (loop (cdr r)))))
           (repeats? (cdr ids)))))
(define-syntax kind
  (lambda (stx) (syntax-case stx () ((_ id ...) (if (repeats? #'(id ...)) #''repeated #''distinct)))))
(define-syntax kind-with-x (lambda (stx) (syntax-case stx () ((_ id) #'(kind x id)))))
(show (list (kind x y) (kind x y x) (kind-with-x x)))

;; free-identifier=? sees through renaming imports.
(define-syntax same (lambda (stx) (syntax-case stx () ((_ a b) (if (free-identifier=? #'a #'b) #''same #''other)))))
(show (list (same car kopf) (let ((car 1)) (same car kopf)) (same nowhere nowhere)))

;; Temporaries differ from each other and from everything else.
(define-syntax temporaries-differ
  (lambda (stx)
    (syntax-case stx ()
      ((_ x)
       (with-syntax (((a b) (generate-temporaries '(1 2))))
         (with-syntax ((answer (and (not (bound-identifier=? #'a #'b)) (not (bound-identifier=? #'a #'x)))))
           #'(let ((a 1) (b 2) (x 3)) (and answer (= a 1) (= b 2) (= x 3)))))))))
(show (temporaries-differ x))

;; datum->syntax: the scopes of the identifier that is given.
(define-syntax bind-it
  (lambda (stx)
    (syntax-case stx ()
      ((k e) (with-syntax ((it (datum->syntax #'k 'it))) #'(let ((it 'captured)) e))))))
(define-syntax bind-it-elsewhere
  (lambda (stx)
    (syntax-case stx ()
      ((k e) (with-syntax ((it (datum->syntax #'here 'it))) #'(let ((it 'captured)) e))))))
(define it 'not-captured)
;; Through another macro, the keyword's scopes are that macro's, the expression's are the use's.
(define-syntax wrapped (syntax-rules () ((_ e) (bind-it (list e it)))))
(show (list (bind-it it) (let ((it 'outer)) (bind-it it))))
(show (wrapped it))
(show (bind-it-elsewhere it))

(define-syntax data (lambda (stx) (syntax-case stx () ((k) #`'#,(datum->syntax #'k '(a (b . c) #(1 "s" #\x) 2.5))))))
(show (data))
(define-syntax kinds
  (lambda (stx)
    (syntax-case stx ()
      ((_ x) #`'#,(datum->syntax #'x (list (identifier? 'x) (identifier? #'x) (identifier? #'(x)) (identifier? 5)))))))
(show (kinds y))

;; syntax->datum gives ordinary data.
(define-syntax small?
  (lambda (stx)
    (syntax-case stx ()
      ((_ n) (if (< (syntax->datum #'n) 10) #''yes #''no)))))
(show (list (small? 5) (small? 50)))
(define-syntax data-equal
  (lambda (stx)
    (syntax-case stx ()
      ((k a b) #`(quote #,(datum->syntax #'k (list (equal? (syntax->datum #'a) (syntax->datum #'b))
                                                   (equal? (syntax->datum #'(a . b)) (cons (syntax->datum #'a) (syntax->datum #'b))))))))))
(show (data-equal (1 #(x "y")) (1 #(x "y"))))
(define-syntax numbers (lambda (stx) (syntax-case stx () ((k a ...) #`'#,(datum->syntax #'k (map syntax->datum #'(a ...)))))))
(show (numbers 1/2 123456789012345678901234567890 #u8(1 2)))
