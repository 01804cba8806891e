;; output: 3
;; output: (1 (2 3))
;; output: (1 2)
;; value: done
(import (scheme base) (scheme write))
(write (call-with-values (lambda () (values 1 2)) +)) (newline)
(write (let-values (((a . b) (values 1 2 3))) (list a b))) (newline)
(define-values (x y) (values 1 2))
(write (list x y)) (newline)
(begin (values 1 2 3) 'done)
