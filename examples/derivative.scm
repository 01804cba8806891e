;; Symbolic differentiation: rules as data, formulas as lists. The derivative of a formula is made by the rule for its operator and then
;; simplified; Newton's method finds a root with it.

(import (scheme base) (scheme eval) (scheme inexact) (scheme write))

(define (variable? f) (symbol? f))

;; Smart constructors keep formulas short.
(define (sum a b)
  (cond ((and (number? a) (number? b)) (+ a b))
        ((eqv? a 0) b)
        ((eqv? b 0) a)
        (else (list '+ a b))))

(define (product a b)
  (cond ((and (number? a) (number? b)) (* a b))
        ((or (eqv? a 0) (eqv? b 0)) 0)
        ((eqv? a 1) b)
        ((eqv? b 1) a)
        ((number? b) (product b a))
        ((and (number? a) (pair? b) (eq? (car b) '*) (number? (cadr b)))
         (product (* a (cadr b)) (list-ref b 2)))
        (else (list '* a b))))

(define (power base n)
  (cond ((eqv? n 0) 1)
        ((eqv? n 1) base)
        (else (list 'expt base n))))

;; For each operator: from its operands and their derivatives to the derivative.
(define rules
  (list
   (cons '+ (lambda (a b da db) (sum da db)))
   (cons '- (lambda (a b da db) (sum da (product -1 db))))
   (cons '* (lambda (a b da db) (sum (product da b) (product a db))))
   (cons 'expt (lambda (a n da dn) (product n (product (power a (- n 1)) da))))
   (cons 'sin (lambda (a da) (product (list 'cos a) da)))
   (cons 'cos (lambda (a da) (product -1 (product (list 'sin a) da))))
   (cons 'exp (lambda (a da) (product (list 'exp a) da)))))

(define (derivative f x)
  (cond ((number? f) 0)
        ((variable? f) (if (eq? f x) 1 0))
        ((assq (car f) rules)
         => (lambda (rule)
              (apply (cdr rule)
                     (append (cdr f) (map (lambda (operand) (derivative operand x)) (cdr f))))))
        (else (error "no rule for" (car f)))))

;; A formula becomes a procedure.
(define (formula->procedure f x)
  (eval (list 'lambda (list x) f) (environment '(scheme base) '(scheme inexact))))

(define (newton f x start)
  (let ((value (formula->procedure f x))
        (slope (formula->procedure (derivative f x) x)))
    (let loop ((at start) (steps 0))
      (let ((next (- at (/ (value at) (slope at)))))
        (if (or (= steps 50) (< (abs (- next at)) 1e-12)) next (loop next (+ steps 1)))))))

(define (show . items)
  (for-each display items)
  (newline))

(for-each
 (lambda (f) (show f "  ->  " (derivative f 'x)))
 '((+ (expt x 3) (* 5 x))
   (* x (sin x))
   (exp (* 2 x))
   (cos (expt x 2))
   (- (* a (expt x 2)) (* b x))))

(let ((f '(- (cos x) x)))
  (show "cos x = x at " (/ (round (* 1e9 (newton f 'x 1.0))) 1e9)))
(let ((f '(- (expt x 2) 2)))
  (show "the square root of 2 is " (/ (round (* 1e9 (newton f 'x 1.0))) 1e9)))
