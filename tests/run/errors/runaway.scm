;; Recursion without end is an error that can be caught.
;; options: --max-heap 256M
;; slow: fills the heap
;; value: caught
(import (scheme base))
(define (run n) (+ 1 (run (+ n 1))))
(guard (e (#t 'caught)) (run 0))
