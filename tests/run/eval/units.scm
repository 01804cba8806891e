;; Evaluated code lives as long as a closure, a frame, a continuation or a handler of it does, and no longer.
(import (scheme base) (scheme write) (scheme eval) (scheme repl))

(define env (interaction-environment))
(define (show value) (write value) (newline))
(define (churn n)
  (if (> n 0)
      (begin (eval (list 'let (list (list 'x n)) '(lambda () (list x "constant" 'quoted))) env)
             (churn (- n 1)))))
(define kept (map (lambda (i) (eval `(let ((n ,i)) (lambda (x) (vector n x ',(list i) "text"))) env)) '(1 2 3)))
(churn 40)
(show (map (lambda (f) (f 'x)) kept))
;; A frame of evaluated code, suspended while others are collected.
(show (eval '(let ((a (list 1 2))) (churn 40) (cons 0 a)) env))
;; A continuation that nothing else refers to.
(define k #f)
(define count 0)
(show (eval '(let ((b (string #\b))) (string-append b (call/cc (lambda (c) (set! k c) "first")))) env))
(churn 40)
(set! count (+ count 1))
(if (< count 3) (k (number->string count)))
;; A handler that raises, an after thunk, a parameter's converter, a promise.
(show (guard (e (#t (churn 40) (list 'caught e)))
  (eval '(with-exception-handler (lambda (e) (churn 40) (raise (list e 'again))) (lambda () (raise 'once))) env)))
(dynamic-wind (eval '(lambda () (churn 20)) env) (lambda () (churn 40)) (eval '(lambda () (show "after")) env))
(define p (eval '(make-parameter 1 (lambda (x) (list x "converted"))) env))
(churn 40)
(show (parameterize ((p 2)) (churn 40) (p)))
;; A loop without calls, whose unit nothing refers to.
(show (eval '(let loop ((i 0) (l '())) (if (< i 3000) (loop (+ i 1) (if (= (modulo i 1000) 0) (cons i l) (list-copy l))) l)) env))
;; Definitions and macros stay.
(eval '(define (twice x) (* 2 x)) env)
(eval '(define-syntax later (syntax-rules () ((_ e) (lambda () (list 'later e))))) env)
(churn 40)
(show (eval '((later (twice 21))) env))
(define (loop i) (if (< i 300) (eval (list loop (+ i 1)) env) 'end))
(show (loop 0))
;; output: (#(1 x (1) "text") #(2 x (2) "text") #(3 x (3) "text"))
;; output: (0 1 2)
;; output: "bfirst"
;; output: "b1"
;; output: "b2"
;; output: (caught (once again))
;; output: "after"
;; output: (2 "converted")
;; output: (2000 1000 0)
;; output: (later 42)
;; output: end
