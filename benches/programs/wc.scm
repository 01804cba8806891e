;; Counts lines, words and characters of a file, one read-char at a time. Input: repetitions, file name.

(import (scheme base) (scheme file) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (counts port)
  (let loop ((lines 0) (words 0) (chars 0) (in-word #f))
    (let ((c (read-char port)))
      (cond ((eof-object? c)
             (list lines (if in-word (+ words 1) words) chars))
            ((char=? c #\newline)
             (loop (+ lines 1) (if in-word (+ words 1) words) (+ chars 1) #f))
            ((char=? c #\space)
             (loop lines (if in-word (+ words 1) words) (+ chars 1) #f))
            (else (loop lines words (+ chars 1) #t))))))

(let* ((count (read)) (file (read)))
  (write (repeat count (lambda () (call-with-input-file file counts))))
  (newline))
