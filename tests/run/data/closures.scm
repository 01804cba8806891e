;; Captured and assigned variables, shared between closures.
;; value: (1 2 3 10 11 4)
(import (scheme base))
(define (make-counter)
  (let ((n 0)) (list (lambda () (set! n (+ n 1)) n) (lambda (x) (set! n x) n))))
(define a (make-counter))
(define b (make-counter))
(let* ((a1 ((car a))) (a2 ((car a))) (a3 ((car a))) (b1 ((cadr b) 10)) (b2 ((car b))) (a4 ((car a))))
  (list a1 a2 a3 b1 b2 a4))
