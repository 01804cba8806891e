;; Infinite lists: a stream is a promise of a pair. What is not looked at is never computed, and nothing is computed twice: the numbers
;; of Hamming, Pascal's triangle, and pi by a series that is made faster three times.

(import (scheme base) (scheme lazy) (scheme write))

(define-syntax stream-cons
  (syntax-rules ()
    ((_ first rest) (make-promise (cons first (delay-force rest))))))

(define (stream-first s) (car (force s)))
(define (stream-rest s) (cdr (force s)))

(define (stream-map f . streams)
  (stream-cons (apply f (map stream-first streams))
               (apply stream-map f (map stream-rest streams))))

(define (stream-take s n)
  (if (= n 0) '() (cons (stream-first s) (stream-take (stream-rest s) (- n 1)))))

(define (stream-ref s n)
  (if (= n 0) (stream-first s) (stream-ref (stream-rest s) (- n 1))))

;; The union of two ascending streams.
(define (merge a b)
  (let ((x (stream-first a)) (y (stream-first b)))
    (cond ((< x y) (stream-cons x (merge (stream-rest a) b)))
          ((> x y) (stream-cons y (merge a (stream-rest b))))
          (else (stream-cons x (merge (stream-rest a) (stream-rest b)))))))

(define (scale s factor) (stream-map (lambda (x) (* x factor)) s))

;; The numbers whose only prime factors are 2, 3 and 5: 1, and twice, three times and five times each of them.
(define hamming
  (stream-cons 1 (merge (scale hamming 2) (merge (scale hamming 3) (scale hamming 5)))))

(define (next-row row) (map + (cons 0 row) (append row '(0))))
(define pascal
  (let loop ((row '(1))) (stream-cons row (loop (next-row row)))))

;; 4 - 4/3 + 4/5 - …, in partial sums; Aitken's process guesses where three of them are going.
(define pi-sums
  (let loop ((sum 4.0) (n 3) (sign -1))
    (stream-cons sum (loop (+ sum (* sign (/ 4.0 n))) (+ n 2) (- sign)))))

(define (faster s)
  (let ((a (stream-ref s 0)) (b (stream-ref s 1)) (c (stream-ref s 2)))
    (stream-cons (- c (/ (square (- c b)) (+ a (* -2 b) c)))
                 (faster (stream-rest s)))))

(define (show x) (write x) (newline))

(show (stream-take hamming 30))
(show (stream-ref hamming 1690))
(for-each show (stream-take pascal 8))
(show (stream-ref pi-sums 7))
(show (/ (round (* 1e8 (stream-ref (faster (faster (faster pi-sums))) 1))) 1e8))
