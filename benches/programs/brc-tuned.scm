;; As brc, tuned: blocks of bytes, temperatures parsed as they are met, statistics in a table of our own that is keyed
;; by a hash of the name's bytes. Input: file name.
;; skip: gambit (its byte ports have other names)

(import (scheme base) (scheme file) (scheme read) (scheme write))

(define block-size 65536)
(define slots 4096)

;; A station is a vector: name (a bytevector), least, sum, count, greatest.
(define (same-name? name bytes start length)
  (and (= (bytevector-length name) length)
       (let loop ((i 0))
         (or (= i length)
             (and (= (bytevector-u8-ref name i) (bytevector-u8-ref bytes (+ start i)))
                  (loop (+ i 1)))))))

(define (add! table hash bytes start length t)
  (let probe ((slot (modulo hash slots)))
    (let ((s (vector-ref table slot)))
      (cond ((not s)
             (vector-set! table slot
                          (vector (bytevector-copy bytes start (+ start length)) t t 1 t)))
            ((same-name? (vector-ref s 0) bytes start length)
             (when (< t (vector-ref s 1)) (vector-set! s 1 t))
             (vector-set! s 2 (+ t (vector-ref s 2)))
             (vector-set! s 3 (+ 1 (vector-ref s 3)))
             (when (> t (vector-ref s 4)) (vector-set! s 4 t)))
            (else (probe (if (= slot (- slots 1)) 0 (+ slot 1))))))))

;; Takes the lines that end before the limit; answers where the rest starts.
(define (add-lines! table bytes limit)
  (let next-line ((start 0))
    (let name ((i start) (hash 0))
      (if (= i limit)
          start
          (let ((b (bytevector-u8-ref bytes i)))
            (if (= b 59)
                (let temperature ((j (+ i 1)) (sign 1) (t 0))
                  (if (= j limit)
                      start
                      (let ((b (bytevector-u8-ref bytes j)))
                        (cond ((= b 10)
                               (add! table hash bytes start (- i start) (* sign t))
                               (next-line (+ j 1)))
                              ((= b 45) (temperature (+ j 1) -1 t))
                              ((= b 46) (temperature (+ j 1) sign t))
                              (else (temperature (+ j 1) sign (+ (* 10 t) (- b 48))))))))
                (name (+ i 1) (modulo (+ (* 31 hash) b) 16777216))))))))

(define (read-all table port)
  (let ((bytes (make-bytevector (* 2 block-size))))
    (let loop ((kept 0))
      (let ((got (read-bytevector! bytes port kept (+ kept block-size))))
        (unless (eof-object? got)
          (let* ((limit (+ kept got))
                 (rest (add-lines! table bytes limit)))
            (bytevector-copy! bytes 0 bytes rest limit)
            (loop (- limit rest))))))))

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
  (if (or (null? sorted) (string<? (car item) (car (car sorted))))
      (cons item sorted)
      (cons (car sorted) (insert item (cdr sorted)))))

(define (sorted-stations table)
  (let loop ((i 0) (sorted '()))
    (if (= i slots)
        sorted
        (let ((s (vector-ref table i)))
          (loop (+ i 1) (if s (insert (cons (utf8->string (vector-ref s 0)) s) sorted) sorted))))))

(define (report table)
  (for-each
   (lambda (station)
     (let ((s (cdr station)))
       (write-string (car station))
       (write-string "=")
       (write-string (tenths->string (vector-ref s 1)))
       (write-string "/")
       (write-string (tenths->string (mean (vector-ref s 2) (vector-ref s 3))))
       (write-string "/")
       (write-string (tenths->string (vector-ref s 4)))
       (newline)))
   (sorted-stations table)))

(let ((table (make-vector slots #f))
      (port (open-binary-input-file (read))))
  (read-all table port)
  (close-port port)
  (report table))
