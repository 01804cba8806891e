;; Ten million frames.
;; slow: walks the whole stack too often
;; value: 10000000
(import (scheme base))
(define (count n) (if (= n 0) 0 (+ 1 (count (- n 1)))))
(count 10000000)
