;; SRFI 132: sort libraries. One stable merge sort serves lists and vectors, with insertion sort for short runs; everything else is built on it.

(define-library (srfi 132)
  (import (scheme base) (scheme case-lambda) (only (kestrel primitives) %wrong-type))
  (export list-sorted? vector-sorted?
          list-sort list-stable-sort list-sort! list-stable-sort!
          vector-sort vector-stable-sort vector-sort! vector-stable-sort!
          list-merge list-merge! vector-merge vector-merge!
          list-delete-neighbor-dups list-delete-neighbor-dups! vector-delete-neighbor-dups vector-delete-neighbor-dups!
          vector-find-median vector-find-median! vector-select! vector-separate!)
  (begin

    (define (list-sorted? < l)
      (or (null? l)
          (let loop ((x (car l)) (l (cdr l)))
            (or (null? l)
                (and (not (< (car l) x)) (loop (car l) (cdr l)))))))
    (define vector-sorted?
      (case-lambda
        ((< v) (vector-sorted? < v 0 (vector-length v)))
        ((< v start) (vector-sorted? < v start (vector-length v)))
        ((< v start end)
         (let loop ((i (+ start 1)))
           (or (>= i end)
               (and (not (< (vector-ref v i) (vector-ref v (- i 1)))) (loop (+ i 1))))))))

    ;; Sorts v[start, end) in place and stably, with `room` (as long as v) for merging.
    (define (sort-range! before? v start end room)
      (if (< (- end start) 12)
          (insertion-sort! before? v start end)
          (let ((middle (quotient (+ start end) 2)))
            (sort-range! before? v start middle room)
            (sort-range! before? v middle end room)
            (when (before? (vector-ref v middle) (vector-ref v (- middle 1)))
              (vector-copy! room start v start middle)
              (merge-ranges! before? v start room start middle v middle end)))))
    (define (insertion-sort! before? v start end)
      (let outer ((i (+ start 1)))
        (when (< i end)
          (let ((x (vector-ref v i)))
            (let inner ((j i))
              (if (and (> j start) (before? x (vector-ref v (- j 1))))
                  (begin (vector-set! v j (vector-ref v (- j 1))) (inner (- j 1)))
                  (vector-set! v j x))))
          (outer (+ i 1)))))
    ;; Merges a[i, a-end) and b[j, b-end) to v from k; elements of a go first among equals. b's range may end where v's does.
    (define (merge-ranges! before? v k a i a-end b j b-end)
      (let loop ((k k) (i i) (j j))
        (cond ((= i a-end) (unless (and (eq? v b) (= k j)) (vector-copy! v k b j b-end)))
              ((= j b-end) (vector-copy! v k a i a-end))
              ((before? (vector-ref b j) (vector-ref a i))
               (vector-set! v k (vector-ref b j))
               (loop (+ k 1) i (+ j 1)))
              (else
               (vector-set! v k (vector-ref a i))
               (loop (+ k 1) (+ i 1) j)))))

    (define vector-stable-sort!
      (case-lambda
        ((< v) (vector-stable-sort! < v 0 (vector-length v)))
        ((< v start) (vector-stable-sort! < v start (vector-length v)))
        ((< v start end)
         (check-range 'vector-stable-sort! v start end)
         (sort-range! < v start end (make-vector end #f)))))
    (define (check-range who v start end)
      (unless (vector? v) (%wrong-type who 2 v "vector"))
      (unless (and (exact-integer? end) (<= 0 end (vector-length v))) (%wrong-type who 4 end "valid end index"))
      (unless (and (exact-integer? start) (<= 0 start end)) (%wrong-type who 3 start "valid start index")))
    (define vector-stable-sort
      (case-lambda
        ((< v) (vector-stable-sort < v 0 (vector-length v)))
        ((< v start) (vector-stable-sort < v start (vector-length v)))
        ((< v start end)
         (let ((copy (vector-copy v start end)))
           (vector-stable-sort! < copy)
           copy))))
    (define vector-sort vector-stable-sort)
    (define vector-sort! vector-stable-sort!)
    (define (list-stable-sort < l)
      (let ((v (list->vector l)))
        (vector-stable-sort! < v)
        (vector->list v)))
    (define list-sort list-stable-sort)
    (define list-sort! list-stable-sort)
    (define list-stable-sort! list-stable-sort)

    (define (list-merge < a b)
      (let loop ((a a) (b b))
        (cond ((null? a) b)
              ((null? b) a)
              ((< (car b) (car a)) (cons (car b) (loop a (cdr b))))
              (else (cons (car a) (loop (cdr a) b))))))
    (define list-merge! list-merge)
    (define vector-merge
      (case-lambda
        ((< a b) (vector-merge < a b 0))
        ((< a b a-start) (vector-merge < a b a-start (vector-length a)))
        ((< a b a-start a-end) (vector-merge < a b a-start a-end 0))
        ((< a b a-start a-end b-start) (vector-merge < a b a-start a-end b-start (vector-length b)))
        ((< a b a-start a-end b-start b-end)
         (let ((result (make-vector (+ (- a-end a-start) (- b-end b-start)))))
           (merge-ranges! < result 0 a a-start a-end b b-start b-end)
           result))))
    (define vector-merge!
      (case-lambda
        ((< to a b) (vector-merge! < to a b 0))
        ((< to a b start) (vector-merge! < to a b start 0))
        ((< to a b start a-start) (vector-merge! < to a b start a-start (vector-length a)))
        ((< to a b start a-start a-end) (vector-merge! < to a b start a-start a-end 0))
        ((< to a b start a-start a-end b-start) (vector-merge! < to a b start a-start a-end b-start (vector-length b)))
        ((< to a b start a-start a-end b-start b-end)
         (vector-copy! to start (vector-merge < a b a-start a-end b-start b-end)))))

    (define (list-delete-neighbor-dups same? l)
      (if (null? l)
          '()
          (let loop ((x (car l)) (l (cdr l)))
            (cond ((null? l) (list x))
                  ((same? x (car l)) (loop x (cdr l)))
                  (else (cons x (loop (car l) (cdr l))))))))
    (define list-delete-neighbor-dups! list-delete-neighbor-dups)
    (define vector-delete-neighbor-dups
      (case-lambda
        ((same? v) (vector-delete-neighbor-dups same? v 0 (vector-length v)))
        ((same? v start) (vector-delete-neighbor-dups same? v start (vector-length v)))
        ((same? v start end)
         (list->vector (list-delete-neighbor-dups same? (vector->list v start end))))))
    ;; Answers the end of the range that holds what is left.
    (define vector-delete-neighbor-dups!
      (case-lambda
        ((same? v) (vector-delete-neighbor-dups! same? v 0 (vector-length v)))
        ((same? v start) (vector-delete-neighbor-dups! same? v start (vector-length v)))
        ((same? v start end)
         (let ((kept (vector-delete-neighbor-dups same? v start end)))
           (vector-copy! v start kept)
           (+ start (vector-length kept))))))

    (define vector-find-median
      (case-lambda
        ((< v knil) (vector-find-median < v knil (lambda (a b) (/ (+ a b) 2))))
        ((< v knil mean) (median (vector-stable-sort < v) knil mean))))
    (define vector-find-median!
      (case-lambda
        ((< v knil) (vector-find-median! < v knil (lambda (a b) (/ (+ a b) 2))))
        ((< v knil mean) (vector-stable-sort! < v) (median v knil mean))))
    (define (median sorted knil mean)
      (let* ((n (vector-length sorted)) (middle (quotient n 2)))
        (cond ((= n 0) knil)
              ((odd? n) (vector-ref sorted middle))
              (else (mean (vector-ref sorted (- middle 1)) (vector-ref sorted middle))))))

    ;; Quickselect: afterwards v[k] is what sorting v[start, end) would put there, with nothing greater before and nothing less after it.
    (define (select-range! < v k start end)
      (let loop ((low start) (high (- end 1)))
        (when (> high low)
          (let ((pivot (vector-ref v (quotient (+ low high) 2))))
            (let scan ((i low) (j high))
              (let* ((i (let up ((i i)) (if (< (vector-ref v i) pivot) (up (+ i 1)) i)))
                     (j (let down ((j j)) (if (< pivot (vector-ref v j)) (down (- j 1)) j))))
                (if (<= i j)
                    (let ((x (vector-ref v i)))
                      (vector-set! v i (vector-ref v j))
                      (vector-set! v j x)
                      (scan (+ i 1) (- j 1)))
                    (cond ((<= k j) (loop low j))
                          ((>= k i) (loop i high))))))))))
    (define vector-select!
      (case-lambda
        ((< v k) (vector-select! < v k 0 (vector-length v)))
        ((< v k start) (vector-select! < v k start (vector-length v)))
        ((< v k start end)
         (check-range 'vector-select! v start end)
         (unless (and (exact-integer? k) (<= 0 k (- end start 1))) (%wrong-type 'vector-select! 3 k "valid rank"))
         (select-range! < v (+ start k) start end)
         (vector-ref v (+ start k)))))
    (define vector-separate!
      (case-lambda
        ((< v k) (vector-separate! < v k 0 (vector-length v)))
        ((< v k start) (vector-separate! < v k start (vector-length v)))
        ((< v k start end)
         (check-range 'vector-separate! v start end)
         (unless (and (exact-integer? k) (<= 0 k (- end start))) (%wrong-type 'vector-separate! 3 k "valid count"))
         (when (> k 0) (select-range! < v (+ start k -1) start end)))))))
