;; Old objects that are made to point at young ones.
;; slow: allocates much
;; value: 499500
(import (scheme base))
(define table (make-vector 1000 '()))
(define (churn n) (let loop ((i 0) (l '())) (if (< i n) (loop (+ i 1) (cons i l)) (length l))))
(churn 3000000)
(do ((i 0 (+ i 1))) ((= i 1000)) (vector-set! table i (list i)) (churn 1000))
(churn 3000000)
(let loop ((i 0) (sum 0)) (if (= i 1000) sum (loop (+ i 1) (+ sum (car (vector-ref table i))))))
