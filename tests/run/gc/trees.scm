;; Many short-lived trees around a long-lived one.
;; slow: hundreds of thousands of objects
;; value: (327670 32767)
(import (scheme base))
(define (tree n) (if (= n 0) '() (cons (tree (- n 1)) (tree (- n 1)))))
(define (size t) (if (pair? t) (+ 1 (size (car t)) (size (cdr t))) 0))
(define keep (tree 15))
(define total
  (let loop ((i 0) (sum 0))
    (if (= i 10) sum (loop (+ i 1) (+ sum (size (tree 15)))))))
(list total (size keep))
