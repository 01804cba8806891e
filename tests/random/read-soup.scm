;; Random text, made of pieces of data, goes through `read`: what comes is data that can be written and read again, or a read error, or the end.
;; Arguments: a seed and a number of texts. Prints what went otherwise; the last line says how many texts were tried.
(import (scheme base) (scheme process-context) (scheme read) (scheme write))

(define state 0)
(define (random n)
  (set! state (modulo (+ (* state 6364136223846793005) 1442695040888963407) 18446744073709551616))
  (modulo (quotient state 4294967296) n))
(define pieces
  '#("(" ")" "[" "]" "{" "}" "#(" "#u8(" "'" "`" "," ",@" "." ".." "..." " " " " " " "\n" ";" "#;" "#|" "|#" "|" "\"" "\\" "\\x41;" "\\x" "#\\" "#\\x41" "#\\space" "#\\spac"
     "#t" "#true" "#f" "#fals" "#!eof" "#!fold-case" "#!no-fold-case" "#!" "#0=" "#0#" "#1=" "#1#" "#99999999999999999999=" "#d" "#x" "#e" "#i" "#b" "#o" "#xFF" "#b102" "+" "-" "+i"
     "-i" "+inf.0" "-nan.0" "1" "23" "/" "1/2" "1/0" "e" "1e3" "1e999" "#e1e400" "1.5" "@" "1@2" "i" "a" "B" "quote" "é" "λ" "\x0;" "\x7f;" "\xFEFF;" "\x1F600;" "\r" "\t" "0" "255" "256"))
(define (piece) (vector-ref pieces (random (vector-length pieces))))
(define (soup n) (if (= n 0) "" (string-append (piece) (soup (- n 1)))))
(define (text-of x) (let ((port (open-output-string))) (write x port) (get-output-string port)))
(define (complain text what) (for-each (lambda (x) (write x) (display " ")) (list text what)) (newline))

(define (try text)
  (define port (open-input-string text))
  (let loop ((rounds 0))
    (let ((x (guard (e ((read-error? e) (eof-object)) (#t (complain text e) (eof-object))) (read port))))
      (cond
        ((eof-object? x))
        ((> rounds (string-length text)) (complain text "reading does not end"))
        (else
          (guard (e (#t (complain text (if (error-object? e) (error-object-message e) e))))
            (let ((written (text-of x)))
              (if (not (equal? written (text-of (read (open-input-string written))))) (complain text written))))
          (loop (+ rounds 1)))))))

(define arguments (map string->number (cdr (command-line))))
(set! state (car arguments))
(do ((i 0 (+ i 1)))
    ((= i (cadr arguments)) (display i) (display " data\n"))
  (try (soup (+ 1 (random 12)))))
