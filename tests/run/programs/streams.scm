;; Infinite streams by promises: primes, Hamming numbers, power series, Pascal's triangle, long chains of delay-force.
(import (scheme base) (scheme lazy) (scheme write))

(define-syntax stream-cons
  (syntax-rules () ((_ a b) (cons a (delay b)))))
(define head car)
(define (tail s) (force (cdr s)))

(define (take n s) (if (= n 0) '() (cons (head s) (take (- n 1) (tail s)))))
(define (ref s n) (if (= n 0) (head s) (ref (tail s) (- n 1))))
(define (smap f . ss) (stream-cons (apply f (map head ss)) (apply smap f (map tail ss))))
(define (sfilter ok? s)
  (if (ok? (head s))
      (stream-cons (head s) (sfilter ok? (tail s)))
      (sfilter ok? (tail s))))
(define (integers n) (stream-cons n (integers (+ n 1))))
(define (scale-stream k s) (smap (lambda (x) (* k x)) s))

(define (sieve s)
  (let ((p (head s)))
    (stream-cons p (sieve (sfilter (lambda (n) (not (= 0 (modulo n p)))) (tail s))))))

(define (merge a b)
  (let ((x (head a)) (y (head b)))
    (cond ((< x y) (stream-cons x (merge (tail a) b)))
          ((> x y) (stream-cons y (merge a (tail b))))
          (else (stream-cons x (merge (tail a) (tail b)))))))

(define hamming
  (stream-cons 1 (merge (scale-stream 2 hamming) (merge (scale-stream 3 hamming) (scale-stream 5 hamming)))))

;; Power series.
(define zeros (stream-cons 0 zeros))
(define (series . l) (if (null? l) zeros (stream-cons (car l) (apply series (cdr l)))))
(define (plus a b) (smap + a b))
(define (times a b)
  (stream-cons (* (head a) (head b))
               (plus (scale-stream (head a) (tail b)) (times (tail a) b))))
(define (integrate s) (smap / s (integers 1)))
(define exp-series (stream-cons 1 (integrate exp-series)))
(define sine (stream-cons 0 (integrate cosine)))
(define cosine (stream-cons 1 (scale-stream -1 (integrate sine))))
(define (invert s)
  (define x (stream-cons 1 (scale-stream -1 (times (tail s) x))))
  x)

;; All pairs, interleaved.
(define (interleave a b) (stream-cons (head a) (interleave b (tail a))))
(define (pairs a b)
  (stream-cons (cons (head a) (head b))
               (interleave (smap (lambda (x) (cons (head a) x)) (tail b))
                           (pairs (tail a) (tail b)))))

(define (pascal row)
  (stream-cons row (pascal (append '(1) (let loop ((r row)) (if (null? (cdr r)) '() (cons (+ (car r) (cadr r)) (loop (cdr r))))) '(1)))))

;; An iterative stream-filter that runs in bounded space.
(define (countdown n) (delay-force (if (= n 0) (delay 'landed) (countdown (- n 1)))))

(write (take 15 (sieve (integers 2)))) (newline)
(write (take 20 hamming)) (newline)
(write (take 8 exp-series)) (newline)
(write (take 8 (plus (times sine sine) (times cosine cosine)))) (newline)
(write (take 8 (times exp-series (invert exp-series)))) (newline)
(write (take 10 (pairs (integers 0) (integers 0)))) (newline)
(write (ref (pascal '(1)) 10)) (newline)
(write (force (countdown 2000))) (newline)
(write (ref hamming 300)) (newline)
(write (ref (sieve (integers 2)) 25)) (newline)
(write (let ((count 0))
         (define p (delay (begin (set! count (+ count 1)) (if (> count 5) count (force p)))))
         (force p)
         (list (force p) count (promise? p) (force 7) (force (make-promise 8)))))
(newline)

;; output: (2 3 5 7 11 13 17 19 23 29 31 37 41 43 47)
;; output: (1 2 3 4 5 6 8 9 10 12 15 16 18 20 24 25 27 30 32 36)
;; output: (1 1 1/2 1/6 1/24 1/120 1/720 1/5040)
;; output: (1 0 0 0 0 0 0 0)
;; output: (1 0 0 0 0 0 0 0)
;; output: ((0 . 0) (0 . 1) (1 . 1) (0 . 2) (1 . 2) (0 . 3) (2 . 2) (0 . 4) (1 . 3) (0 . 5))
;; output: (1 10 45 120 210 252 210 120 45 10 1)
;; output: landed
;; output: 84375
;; output: 101
;; output: (6 6 #t 7 8)
