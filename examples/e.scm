;; A thousand digits of e = 1 + 1/1! + 1/2! + …: exact integers only. The series is summed by halves, so that large
;; numbers meet large numbers; the quotient of two of them is the answer.

(import (scheme base) (scheme write))

;; p/q = 1/(a+1) + 1/((a+1)(a+2)) + … + 1/((a+1)…b)
(define (sum a b)
  (if (= (- b a) 1)
      (values 1 b)
      (let ((middle (quotient (+ a b) 2)))
        (let-values (((p1 q1) (sum a middle))
                     ((p2 q2) (sum middle b)))
          (values (+ (* p1 q2) p2) (* q1 q2))))))

;; How many terms it takes until 1/n! is below 10^-digits.
(define (terms digits)
  (let ((limit (expt 10 digits)))
    (let loop ((n 1) (factorial 1))
      (if (> factorial limit) n (loop (+ n 1) (* factorial n))))))

(define (digits-of-e digits)
  (let ((more (+ digits 10)))
    (let-values (((p q) (sum 0 (terms more))))
      (let ((scaled (quotient (* (+ p q) (expt 10 more)) q)))
        (number->string (quotient scaled (expt 10 10)))))))

(define (show-digits text per-line)
  (display (string-ref text 0))
  (display ".")
  (let loop ((start 1))
    (when (< start (string-length text))
      (let ((end (min (+ start per-line) (string-length text))))
        (newline)
        (display (substring text start end))
        (loop end))))
  (newline))

(show-digits (digits-of-e 1000) 50)
