;; Sorts a vector of pseudo-random numbers in place. Input: repetitions, length.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (random-vector n)
  (let ((v (make-vector n 0)))
    (let loop ((i 0) (seed 42))
      (if (= i n)
          v
          (let ((seed (modulo (+ (* seed 1103515245) 12345) 2147483648)))
            (vector-set! v i seed)
            (loop (+ i 1) seed))))))

(define (swap! v i j)
  (let ((x (vector-ref v i)))
    (vector-set! v i (vector-ref v j))
    (vector-set! v j x)))

(define (sort! v low high)
  (when (< low high)
    (let ((pivot (vector-ref v (quotient (+ low high) 2))))
      (let partition ((i low) (j high))
        (let* ((i (let up ((i i)) (if (< (vector-ref v i) pivot) (up (+ i 1)) i)))
               (j (let down ((j j)) (if (< pivot (vector-ref v j)) (down (- j 1)) j))))
          (cond ((<= i j)
                 (swap! v i j)
                 (partition (+ i 1) (- j 1)))
                (else
                 (sort! v low j)
                 (sort! v i high))))))))

(define (checked v)
  (let loop ((i 1) (sum (vector-ref v 0)))
    (cond ((= i (vector-length v)) sum)
          ((< (vector-ref v i) (vector-ref v (- i 1))) (error "not sorted at" i))
          (else (loop (+ i 1) (modulo (+ (* 3 sum) (vector-ref v i)) 1000003))))))

(let* ((count (read)) (n (read)))
  (write (repeat count
                 (lambda ()
                   (let ((v (random-vector n)))
                     (sort! v 0 (- n 1))
                     (checked v)))))
  (newline))
