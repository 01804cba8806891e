;; Builds strings: by appending, by filling, through lists and through numbers. Input: repetitions, lines.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (join strings separator)
  (if (null? strings)
      ""
      (let loop ((rest (cdr strings)) (answer (car strings)))
        (if (null? rest)
            answer
            (loop (cdr rest) (string-append answer separator (car rest)))))))

(define (line i)
  (string-append "line " (number->string i) ": "
                 (make-string (remainder i 17) #\*)
                 (list->string (reverse (string->list (number->string (* i i)))))))

(define (shout s)
  (let* ((n (string-length s)) (answer (make-string n)))
    (do ((i 0 (+ i 1)))
        ((= i n) answer)
      (let ((c (string-ref s i)))
        (string-set! answer i (if (char=? c #\*) #\! c))))))

(define (checksum s)
  (let ((n (string-length s)))
    (let loop ((i 0) (sum 0))
      (if (= i n)
          sum
          (loop (+ i 1) (modulo (+ (* sum 31) (char->integer (string-ref s i))) 1000003))))))

(define (work lines)
  (let loop ((i 0) (block '()) (in-block 0) (sum 0))
    (if (= i lines)
        sum
        (let ((block (cons (shout (line i)) block)))
          (if (= in-block 20)
              (loop (+ i 1) '() 0 (modulo (+ (* sum 7) (checksum (join block ", "))) 1000003))
              (loop (+ i 1) block (+ in-block 1) sum))))))

(let* ((count (read)) (lines (read)))
  (write (repeat count (lambda () (work lines))))
  (newline))
