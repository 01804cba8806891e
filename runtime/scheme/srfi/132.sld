;; SRFI 132: sort libraries. Two stable merge sorts: of lists, without mutation, for what answers something fresh; of vectors, with insertion sort for
;; short runs, for what sorts in place.

(define-library (srfi 132)
  (import (scheme base) (scheme case-lambda) (only (kestrel primitives) append-reverse) (kestrel check))
  (export list-sorted? vector-sorted?
          list-sort list-stable-sort list-sort! list-stable-sort!
          vector-sort vector-stable-sort vector-sort! vector-stable-sort!
          list-merge list-merge! vector-merge vector-merge!
          list-delete-neighbor-dups list-delete-neighbor-dups! vector-delete-neighbor-dups vector-delete-neighbor-dups!
          vector-find-median vector-find-median! vector-select! vector-separate!)
  (begin

    (define (list-sorted? < l)
      (check-procedure 'list-sorted? 1 <)
      (check list? 'list-sorted? 2 l "list")
      (or (null? l)
          (let loop ((x (car l)) (l (cdr l)))
            (or (null? l)
                (and (not (< (car l) x)) (loop (car l) (cdr l)))))))
    (define vector-sorted?
      (case-lambda
        ((< v) (vector-sorted? < v 0))
        ((< v start) (check-vector 'vector-sorted? < v) (vector-sorted? < v start (vector-length v)))
        ((< v start end)
         (check-vector 'vector-sorted? < v)
         (check-range 'vector-sorted? 3 start end (vector-length v))
         (let loop ((i (+ start 1)))
           (or (>= i end)
               (and (not (< (vector-ref v i) (vector-ref v (- i 1)))) (loop (+ i 1))))))))
    (define (check-vector who procedure v)
      (check-procedure who 1 procedure)
      (check vector? who 2 v "vector"))

    ;; The first n > 0 elements of a list, sorted upwards, or downwards if `up?` is false: then equal ones come in the opposite order. A half is sorted
    ;; the other way than the whole, so that merging, which turns a list around, is a loop. Nothing is mutated: a continuation that is captured in a
    ;; comparison and re-entered disturbs no earlier result.
    (define (sorted before? l n up?)
      (cond ((eqv? n 1) (list (car l)))
            ((eqv? n 2)
             (let ((x (car l)) (y (cadr l)))
               (if (before? y x)
                   (if up? (list y x) (list x y))
                   (if up? (list x y) (list y x)))))
            (else
             (let* ((half (quotient n 2))
                    (a (sorted before? l half (not up?)))
                    (b (sorted before? (list-tail l half) (- n half) (not up?))))
               (if up? (merge-downward before? a b) (merge-upward before? a b))))))
    ;; Of upward lists, a downward one.
    (define (merge-upward before? a b)
      (let loop ((a a) (b b) (result '()))
        (cond ((null? a) (append-reverse b result))
              ((null? b) (append-reverse a result))
              ((before? (car b) (car a)) (loop a (cdr b) (cons (car b) result)))
              (else (loop (cdr a) b (cons (car a) result))))))
    ;; Of downward lists, an upward one.
    (define (merge-downward before? a b)
      (let loop ((a a) (b b) (result '()))
        (cond ((null? a) (append-reverse b result))
              ((null? b) (append-reverse a result))
              ((before? (car b) (car a)) (loop (cdr a) b (cons (car a) result)))
              (else (loop a (cdr b) (cons (car b) result))))))
    (define (sort-list before? l) (if (null? l) '() (sorted before? l (length l) #t)))

    (define-twins (list-sort list-stable-sort list-sort! list-stable-sort!) who
      (lambda (< l)
        (check-procedure 'who 1 <)
        (check list? 'who 2 l "list")
        (sort-list < l)))
    (define-twins (vector-sort vector-stable-sort) who
      (case-lambda
        ((< v) (who < v 0))
        ((< v start) (check-vector 'who < v) (who < v start (vector-length v)))
        ((< v start end)
         (check-vector 'who < v)
         (check-range 'who 3 start end (vector-length v))
         (list->vector (sort-list < (vector->list v start end))))))

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
    ;; A continuation that a comparison has captured and that is re-entered finds v as the sort has left it.
    (define-twins (vector-sort! vector-stable-sort!) who
      (case-lambda
        ((< v) (who < v 0))
        ((< v start) (check-vector 'who < v) (who < v start (vector-length v)))
        ((< v start end)
         (check-vector 'who < v)
         (check-range 'who 3 start end (vector-length v))
         (sort-range! < v start end (make-vector end #f)))))

    (define-twins (list-merge list-merge!) who
      (lambda (< a b)
        (check-procedure 'who 1 <)
        (check list? 'who 2 a "list")
        (check list? 'who 3 b "list")
        (reverse (merge-upward < a b))))
    (define vector-merge
      (case-lambda
        ((< a b) (vector-merge < a b 0))
        ((< a b a-start) (check vector? 'vector-merge 2 a "vector") (vector-merge < a b a-start (vector-length a)))
        ((< a b a-start a-end) (vector-merge < a b a-start a-end 0))
        ((< a b a-start a-end b-start)
         (check vector? 'vector-merge 3 b "vector")
         (vector-merge < a b a-start a-end b-start (vector-length b)))
        ((< a b a-start a-end b-start b-end)
         (check-procedure 'vector-merge 1 <)
         (check vector? 'vector-merge 2 a "vector")
         (check vector? 'vector-merge 3 b "vector")
         (check-range 'vector-merge 4 a-start a-end (vector-length a))
         (check-range 'vector-merge 6 b-start b-end (vector-length b))
         (let ((result (make-vector (+ (- a-end a-start) (- b-end b-start)))))
           (merge-ranges! < result 0 a a-start a-end b b-start b-end)
           result))))
    (define vector-merge!
      (case-lambda
        ((< to a b) (vector-merge! < to a b 0))
        ((< to a b start) (vector-merge! < to a b start 0))
        ((< to a b start a-start)
         (check vector? 'vector-merge! 3 a "vector")
         (vector-merge! < to a b start a-start (vector-length a)))
        ((< to a b start a-start a-end) (vector-merge! < to a b start a-start a-end 0))
        ((< to a b start a-start a-end b-start)
         (check vector? 'vector-merge! 4 b "vector")
         (vector-merge! < to a b start a-start a-end b-start (vector-length b)))
        ((< to a b start a-start a-end b-start b-end)
         (check-procedure 'vector-merge! 1 <)
         (check vector? 'vector-merge! 2 to "vector")
         (check vector? 'vector-merge! 3 a "vector")
         (check vector? 'vector-merge! 4 b "vector")
         (check-range 'vector-merge! 6 a-start a-end (vector-length a))
         (check-range 'vector-merge! 8 b-start b-end (vector-length b))
         (let ((room (- (vector-length to) (- a-end a-start) (- b-end b-start))))
           (unless (and (exact-integer? start) (<= 0 start room))
             (%wrong-type 'vector-merge! 5 start "index that leaves room for the result")))
         (vector-copy! to start (vector-merge < a b a-start a-end b-start b-end)))))

    (define (without-neighbors same? l)
      (if (null? l)
          '()
          (let loop ((x (car l)) (l (cdr l)))
            (cond ((null? l) (list x))
                  ((same? x (car l)) (loop x (cdr l)))
                  (else (cons x (loop (car l) (cdr l))))))))
    (define-twins (list-delete-neighbor-dups list-delete-neighbor-dups!) who
      (lambda (same? l)
        (check-procedure 'who 1 same?)
        (check list? 'who 2 l "list")
        (without-neighbors same? l)))
    (define vector-delete-neighbor-dups
      (case-lambda
        ((same? v) (vector-delete-neighbor-dups same? v 0))
        ((same? v start)
         (check-vector 'vector-delete-neighbor-dups same? v)
         (vector-delete-neighbor-dups same? v start (vector-length v)))
        ((same? v start end)
         (check-vector 'vector-delete-neighbor-dups same? v)
         (check-range 'vector-delete-neighbor-dups 3 start end (vector-length v))
         (list->vector (without-neighbors same? (vector->list v start end))))))
    ;; Answers the end of the range that holds what is left.
    (define vector-delete-neighbor-dups!
      (case-lambda
        ((same? v) (vector-delete-neighbor-dups! same? v 0))
        ((same? v start)
         (check-vector 'vector-delete-neighbor-dups! same? v)
         (vector-delete-neighbor-dups! same? v start (vector-length v)))
        ((same? v start end)
         (check-vector 'vector-delete-neighbor-dups! same? v)
         (check-range 'vector-delete-neighbor-dups! 3 start end (vector-length v))
         (let ((kept (vector-delete-neighbor-dups same? v start end)))
           (vector-copy! v start kept)
           (+ start (vector-length kept))))))

    (define vector-find-median
      (case-lambda
        ((< v knil) (vector-find-median < v knil (lambda (a b) (/ (+ a b) 2))))
        ((< v knil mean)
         (check-vector 'vector-find-median < v)
         (check-procedure 'vector-find-median 4 mean)
         (median (vector-sort < v) knil mean))))
    (define vector-find-median!
      (case-lambda
        ((< v knil) (vector-find-median! < v knil (lambda (a b) (/ (+ a b) 2))))
        ((< v knil mean)
         (check-vector 'vector-find-median! < v)
         (check-procedure 'vector-find-median! 4 mean)
         (vector-sort! < v)
         (median v knil mean))))
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
        ((< v k) (vector-select! < v k 0))
        ((< v k start) (check-vector 'vector-select! < v) (vector-select! < v k start (vector-length v)))
        ((< v k start end)
         (check-vector 'vector-select! < v)
         (check-range 'vector-select! 4 start end (vector-length v))
         (unless (and (exact-integer? k) (<= 0 k (- end start 1))) (%wrong-type 'vector-select! 3 k "valid rank"))
         (select-range! < v (+ start k) start end)
         (vector-ref v (+ start k)))))
    (define vector-separate!
      (case-lambda
        ((< v k) (vector-separate! < v k 0))
        ((< v k start) (check-vector 'vector-separate! < v) (vector-separate! < v k start (vector-length v)))
        ((< v k start end)
         (check-vector 'vector-separate! < v)
         (check-range 'vector-separate! 4 start end (vector-length v))
         (unless (and (exact-integer? k) (<= 0 k (- end start))) (%wrong-type 'vector-separate! 3 k "valid count"))
         (when (> k 0) (select-range! < v (+ start k -1) start end)))))))
