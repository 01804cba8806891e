;; SRFI 28: basic format strings. `~a` displays an object, `~s` writes one, `~%` ends a line, `~~` is a tilde.

(define-library (srfi 28)
  (import (scheme base) (scheme write) (only (kestrel check) check %wrong-type))
  (export format)
  (begin
    (define (format text . objects)
      (check string? 'format 1 text "string")
      (let ((port (open-output-string)) (n (string-length text)))
        (let loop ((i 0) (objects objects))
          (if (= i n)
              (begin
                (unless (null? objects)
                  (%wrong-type 'format 1 text "format string with a place for each object"))
                (get-output-string port))
              (let ((c (string-ref text i)))
                (if (char=? c #\~)
                    (loop (+ i 2) (directive port text (+ i 1) objects))
                    (begin (write-char c port) (loop (+ i 1) objects))))))))
    ;; Writes what the directive at i says; answers the objects that are left.
    (define (directive port text i objects)
      (let ((show (lambda (show)
                    (when (null? objects) (%wrong-type 'format 1 text "format string with an object for each place"))
                    (show (car objects) port)
                    (cdr objects)))
            (c (if (< i (string-length text)) (string-ref text i) #\space)))
        (case c
          ((#\a) (show display))
          ((#\s) (show write))
          ((#\%) (newline port) objects)
          ((#\~) (write-char #\~ port) objects)
          (else (%wrong-type 'format 1 text "format string with ~a, ~s, ~% and ~~ alone")))))))
