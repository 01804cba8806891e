;; Reads lines "station;temperature", and prints least, mean and greatest temperature of each station in order of names.
;; Plain style: whole lines, substrings, a list of statistics in a hash table. Input: file name.

(import (scheme base) (scheme file) (scheme read) (scheme write) (srfi 69))

(define (index-of s c)
  (let loop ((i 0))
    (if (char=? (string-ref s i) c) i (loop (+ i 1)))))

(define (parse-temperature s)
  (exact (round (* 10 (string->number s)))))

(define (add-line! table line)
  (let* ((split (index-of line #\;))
         (station (substring line 0 split))
         (t (parse-temperature (substring line (+ split 1) (string-length line))))
         (old (hash-table-ref/default table station #f)))
    (if old
        (begin
          (vector-set! old 0 (min t (vector-ref old 0)))
          (vector-set! old 1 (+ t (vector-ref old 1)))
          (vector-set! old 2 (+ 1 (vector-ref old 2)))
          (vector-set! old 3 (max t (vector-ref old 3))))
        (hash-table-set! table station (vector t t 1 t)))))

;; Tenths as text: -5 is -0.5.
(define (tenths->string n)
  (let ((m (abs n)))
    (string-append (if (< n 0) "-" "")
                   (number->string (quotient m 10)) "." (number->string (remainder m 10)))))

;; The mean of a sum of tenths, to the nearest tenth, halves upwards.
(define (mean sum count)
  (let ((doubled (+ (* 2 sum) count)))
    (if (< doubled 0)
        (- (quotient (- (* 2 count) 1 doubled) (* 2 count)))
        (quotient doubled (* 2 count)))))

(define (insert item sorted)
  (if (or (null? sorted) (string<? item (car sorted)))
      (cons item sorted)
      (cons (car sorted) (insert item (cdr sorted)))))

(define (sort-strings strings)
  (let loop ((rest strings) (sorted '()))
    (if (null? rest) sorted (loop (cdr rest) (insert (car rest) sorted)))))

(define (report table)
  (for-each
   (lambda (station)
     (let ((s (hash-table-ref/default table station #f)))
       (write-string station)
       (write-string "=")
       (write-string (tenths->string (vector-ref s 0)))
       (write-string "/")
       (write-string (tenths->string (mean (vector-ref s 1) (vector-ref s 2))))
       (write-string "/")
       (write-string (tenths->string (vector-ref s 3)))
       (newline)))
   (sort-strings (hash-table-keys table))))

(let ((table (make-hash-table equal?)))
  (call-with-input-file (read)
    (lambda (port)
      (let loop ()
        (let ((line (read-line port)))
          (unless (eof-object? line)
            (add-line! table line)
            (loop))))))
  (report table))
