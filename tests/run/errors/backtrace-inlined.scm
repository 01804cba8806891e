;; Small procedures are inlined; the backtrace shows them all the same.
;; error: vector-ref
;; error: 8
;; error: backtrace-inlined.scm:9:21
;; error: fetch
;; error: twice
;; error: loop
(import (scheme base))
(define (fetch v i) (vector-ref v i))
(define (twice v i) (+ 1 (fetch v (* 2 i)) 1))
(define (work v)
  (let loop ((i 0) (sum 0))
    (if (< i 100) (loop (+ i 1) (+ sum (twice v i))) sum)))
(work (make-vector 7 1))
