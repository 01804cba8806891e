;; Captured a hundred thousand frames deep, and resumed there three times.
;; slow: every safepoint would walk a hundred thousand frames
;; output: 100000
;; output: 100001
;; output: 100002
;; value: done
(import (scheme base) (scheme write))
(define k #f)
(define (deep n) (if (= n 0) (call/cc (lambda (c) (set! k c) 0)) (+ 1 (deep (- n 1)))))
(define times 0)
(define r (deep 100000))
(write r) (newline)
(set! times (+ times 1))
(when (< times 3) (k times))
'done
