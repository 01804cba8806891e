;; The program's own top level, mutable, with the standard names; compiled and evaluated code see one variable.
(import (only (scheme base) define lambda * list quote newline begin) (only (scheme write) write) (scheme eval) (scheme repl))

(define x 1)
(define (f) (* x 10))
(define (get-f) f)
(define env (interaction-environment))
(define (show value) (write value) (newline))
(show (eval '(list x (f)) env))
(eval '(set! x 2) env)
(show (list x (f)))
(eval '(define x 3) env)
(show (list x (f) (eval '(f) env)))
(eval '(define (f) 'new) env)
(show (list (f) ((get-f))))
(eval '(begin (define y 5) (define (g n) (if (= n 0) y (g (- n 1))))) env)
(show (eval '(g 100) env))
(eval '(define-syntax twice (syntax-rules () ((_ e) (begin e e)))) env)
(show (eval '(let ((n 0)) (twice (set! n (+ n 1))) n) env))
(eval '(define-record-type point (make-point x y) point? (x point-x) (y point-y)) env)
(show (eval '(point-x (make-point 7 8)) env))
(eval '(import (prefix (scheme base) b:)) env)
(show (eval '(b:vector-length (b:vector 1 2 3)) env))
(eval '(define-values (p q . r) (values 1 2 3 4)) env)
(show (eval '(list p q r) env))
(show (eval '(let ((t (make-parameter 1))) (parameterize ((t 2)) (t))) (interaction-environment)))
(eval '(define car cdr) env)
(show (eval '(car '(1 2)) env))
(eval '(define z (lambda () y)) (interaction-environment))
(eval '(set! y 6) env)
(show (eval '(z) env))
;; output: (1 10)
;; output: (2 20)
;; output: (3 30 30)
;; output: (new new)
;; output: 5
;; output: 2
;; output: 7
;; output: 3
;; output: (1 2 (3 4))
;; output: 2
;; output: (2)
;; output: 6
