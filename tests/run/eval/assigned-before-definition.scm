;; Evaluated code may assign and read a variable in one expression before it is defined.
;; value: (3 (4 . 3))
(import (scheme base) (scheme eval) (scheme repl))

(define (evaluate x) (eval x (interaction-environment)))

(evaluate '(define (push! x) (set! pushed (cons x pushed)) pushed))
(evaluate '(define (count!) (set! counted (+ counted 1)) counted))
(evaluate '(define pushed 3))
(evaluate '(define counted 2))
(list (evaluate '(count!)) (evaluate '(push! 4)))
