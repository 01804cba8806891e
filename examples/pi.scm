;; Digits of pi, one at a time: Gibbons' spigot ("Unbounded spigot algorithms for the digits of pi", 2006), on exact
;; integers that grow as the digits go on.

(import (scheme base) (scheme write))

(define (write-digits count)
  (let loop ((q 1) (r 0) (t 1) (k 1) (n 3) (l 3) (written 0))
    (when (< written count)
      (if (< (- (+ (* 4 q) r) t) (* n t))
          (begin
            (display n)
            (when (= written 0) (display "."))
            (loop (* 10 q)
                  (* 10 (- r (* n t)))
                  t
                  k
                  (- (quotient (* 10 (+ (* 3 q) r)) t) (* 10 n))
                  l
                  (+ written 1)))
          (loop (* q k)
                (* (+ (* 2 q) r) l)
                (* t l)
                (+ k 1)
                (quotient (+ (* q (+ (* 7 k) 2)) (* r l)) (* t l))
                (+ l 2)
                written)))))

(write-digits 1000)
(newline)
