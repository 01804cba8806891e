;; Digits of pi from Gosper's series, one after the other: bignum products and quotients. Input: repetitions, digits.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

;; The state (q, r, t, i) stands for the part of the series that has not given its digits yet.
(define (digits n)
  (let loop ((q 1) (r 180) (t 60) (i 2) (left n) (sum 0))
    (if (= left 0)
        sum
        (let* ((u (* 3 (+ (* 3 i) 1) (+ (* 3 i) 2)))
               (y (quotient (+ (* q (- (* 27 i) 12)) (* 5 r)) (* 5 t))))
          (loop (* 10 q i (- (* 2 i) 1))
                (* 10 u (- (+ (* q (- (* 5 i) 2)) r) (* y t)))
                (* t u)
                (+ i 1)
                (- left 1)
                (modulo (+ (* sum 10) y) 1000000007))))))

(let* ((count (read)) (n (read)))
  (write (repeat count (lambda () (digits n))))
  (newline))
