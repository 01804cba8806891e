;; A hundred thousand evaluations leave nothing behind.
(import (scheme base) (scheme write) (scheme eval))
(define env (environment '(scheme base)))
(let loop ((i 0) (sum 0))
  (if (= i 20000)
      (begin (write sum) (newline))
      (loop (+ i 1) (+ sum (eval (list '+ i (list 'let (list (list 'x (list 'quote (list i)))) '(car x))) env)))))
;; output: 399980000
;; options: --max-heap 64M
;; slow: every evaluation takes many safepoints
