;; Hygiene of procedural macros: what binds what.
;; output: 5
;; output: (user 1)
;; output: (1 2)
;; output: 10
;; output: (outer inner)
;; output: #t
;; output: (1 1)
;; output: (7 8)
;; output: definition
;; output: (#f 3)
;; output: 6
;; output: (2 1)
;; output: (4 (4 5))
(import (scheme base) (scheme write) (kestrel syntax-case))
(define-syntax show (syntax-rules () ((_ e) (begin (write e) (newline)))))

;; An introduced binder does not capture what the use brings.
(define-syntax my-or
  (lambda (stx)
    (syntax-case stx ()
      ((_) #'#f)
      ((_ e) #'e)
      ((_ e r ...) #'(let ((t e)) (if t t (my-or r ...)))))))
(define t 5)
(show (my-or #f t))

;; What the template refers to is the definition's, whatever the use binds.
(define-syntax list-of (lambda (stx) (syntax-case stx () ((_ e ...) #'(list e ...)))))
(show (let ((list vector) (if 'user)) (list-of if 1)))

;; Binder and reference built apart, in templates under different scopes of the transformer, belong together.
(define-syntax bind-both
  (lambda (stx)
    (syntax-case stx ()
      ((_ a b)
       (let* ((body #'(list x y)))
         (with-syntax ((inner #`(let ((y b)) #,body)))
           (let ((unused 1))
             #'(let ((x a)) inner))))))))
(show (bind-both 1 2))

;; ... but are not the use's.
(define-syntax with-x (lambda (stx) (syntax-case stx () ((_ e) #'(let ((x 1)) e)))))
(define x 10)
(show (with-x x))

;; An identifier of the use binds in the use.
(define-syntax my-lambda1 (lambda (stx) (syntax-case stx () ((_ v e) #'(lambda (v) e)))))
(show (let ((x 'outer)) (list x ((my-lambda1 x x) 'inner))))

;; Two expansions' temporaries are distinct.
(define-syntax def-getter
  (lambda (stx)
    (syntax-case stx ()
      ((_ name e) #'(begin (define hidden e) (define (name) hidden))))))
(def-getter one '(1))
(def-getter two '(2))
(show (and (equal? (one) '(1)) (equal? (two) '(2))))

;; A helper at phase 1 makes templates of the same expansion.
(define-for-syntax (twice e) #`(let ((n #,e)) (list n n)))
(define-syntax dup (lambda (stx) (syntax-case stx () ((_ e) (twice #'e)))))
(define n 1)
(show (dup n))

;; Internal definitions made by a macro see each other, and the use's definitions.
(define (f)
  (define-syntax def (lambda (stx) (syntax-case stx () ((_ a b) #'(begin (define secret a) (define b (+ secret 1)))))))
  (define secret 7)
  (def secret next)
  (list secret next))
(show (f))

;; A macro of a body refers to the body's variables.
(define (g where)
  (define-syntax here (lambda (stx) (syntax-case stx () ((_) #'where))))
  (let ((where 'use)) (here)))
(show (g 'definition))

;; A local macro's template is closed over its place, even under the same name.
(show (let ((v #f))
        (let-syntax ((get (lambda (stx) (syntax-case stx () ((_) #'v)))))
          (let ((v 3)) (list (get) v)))))

;; letrec-syntax: mutual recursion.
(show (letrec-syntax
          ((even-sum (lambda (stx) (syntax-case stx () ((_) #'0) ((_ a . r) #'(+ a (odd-sum . r))))))
           (odd-sum (lambda (stx) (syntax-case stx () ((_) #'0) ((_ a . r) #'(+ a (even-sum . r)))))))
        (even-sum 1 2 3)))

;; A macro that makes a macro: the inner pattern variables and ellipses are the inner macro's.
(define-syntax define-swapped
  (lambda (stx)
    (syntax-case stx ()
      ((_ name operator)
       #'(define-syntax name
           (lambda (stx)
             (syntax-case stx ()
               ((_ a b) #'(operator b a)))))))))
(define-swapped flipped list)
(show (flipped 1 2))
(define-syntax define-headed
  (lambda (stx)
    (syntax-case stx ()
      ((_ name head)
       #'(define-syntax name
           (lambda (stx)
             (syntax-case stx ()
               ((_ a (... ...)) #'(head a (... ...))))))))))
(define-headed count-of (lambda (a . r) (list a (cons a r))))
(show (count-of 4 5))
