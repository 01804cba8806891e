;; Counts primes with Eratosthenes' sieve in a vector. Input: repetitions, limit.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (primes limit)
  (let ((sieve (make-vector (+ limit 1) #t)))
    (let loop ((i 2) (found 0))
      (cond ((> i limit) found)
            ((vector-ref sieve i)
             (do ((j (* i i) (+ j i)))
                 ((> j limit))
               (vector-set! sieve j #f))
             (loop (+ i 1) (+ found 1)))
            (else (loop (+ i 1) found))))))

(let* ((count (read)) (limit (read)))
  (write (repeat count (lambda () (primes limit))))
  (newline))
