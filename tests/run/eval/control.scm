;; Continuations, winders, handlers and tail calls go through `eval` as if it were not there.
(import (scheme base) (scheme write) (scheme eval) (scheme repl))

(define env (interaction-environment))
(define (show value) (write value) (newline))
(define k #f)
(define count 0)
(show (+ 100 (eval '(call/cc (lambda (c) (set! k c) 1)) env)))
(if (< count 3) (begin (set! count (+ count 1)) (k (* count 10))))
(show (call/cc (lambda (return) (eval `(begin (,return 'out) 'not-here) env))))
(define trace '())
(define (note x) (set! trace (cons x trace)))
(call/cc (lambda (return)
  (dynamic-wind (lambda () (note 'in))
                (lambda () (eval `(dynamic-wind (lambda () (note 'in2)) (lambda () (,return 1)) (lambda () (note 'out2))) env))
                (lambda () (note 'out)))))
(show (reverse trace))
(show (with-exception-handler (lambda (e) (* e 2)) (lambda () (eval '(+ 1 (raise-continuable 20)) env))))
(show (eval '(with-exception-handler (lambda (e) 42) (lambda () (+ (raise-continuable 'c) 1))) env))
(show (guard (e ((symbol? e) (list 'outer e))) (eval '(guard (e ((string? e) 'inner)) (raise 'sym)) env)))
(define n 0)
(define (loop) (set! n (+ n 1)) (if (< n 300000) (eval '(loop) env) 'done))
(show (loop))
(show (eval '(let loop ((i 0)) (if (< i 10000000) (loop (+ i 1)) i)) env))
(show (let nest ((i 0)) (if (< i 1000) (+ 1 (eval (list nest (+ i 1)) env)) 0)))
(show (apply eval (list '(* 6 7) env)))
(show (map (lambda (e) (eval e env)) '(1 "two" (car '(3)))))
(show (call-with-values (lambda () (eval '(values) env)) list))
;; output: 101
;; output: 110
;; output: 120
;; output: 130
;; output: out
;; output: (in in2 out2 out)
;; output: 41
;; output: 43
;; output: (outer sym)
;; output: done
;; output: 10000000
;; output: 1000
;; output: 42
;; output: (1 "two" 3)
;; output: ()
;; output: done
;; output: done
;; output: done
;; output: done
(define-syntax in-eval (syntax-rules () ((_ i e) (begin (set! n 0) (eval '(define (step) (set! n (+ n 1)) (if (= n i) 'done e)) env) (eval '(step) env)))))
(show (in-eval 20000 (eval '(let ((x (lambda () (step)))) (x)) env)))
(show (in-eval 20000 (apply eval (list '(step) env))))
(show (in-eval 20000 ((call/cc (lambda (k) (eval (list k (list 'quote step)) env))))))
(show (in-eval 20000 (guard (e (#t (step))) (eval '(raise n) env))))
;; options: --max-heap 64M
;; slow: a loop of ten million steps in the baseline
