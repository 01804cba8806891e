;; A hundred thousand captures in one loop run in constant space.
;; slow: one collection a capture would take minutes
;; value: 100000
(import (scheme base))
(let loop ((i 0))
  (if (< i 100000) (loop (+ i (call/cc (lambda (k) (if (odd? i) (k 1) 1))))) i))
