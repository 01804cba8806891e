;; A JSON reader and writer: recursive descent on a port. Objects become association lists, arrays vectors, null the symbol null.

(import (scheme base) (scheme char) (scheme write))

(define (skip-space port)
  (when (memv (peek-char port) '(#\space #\tab #\newline #\return))
    (read-char port)
    (skip-space port)))

(define (expect port wanted)
  (skip-space port)
  (let ((c (read-char port)))
    (unless (eqv? c wanted) (error "JSON: wrong character" c 'instead 'of wanted))))

(define (read-json port)
  (skip-space port)
  (let ((c (peek-char port)))
    (cond ((eof-object? c) (error "JSON: unexpected end"))
          ((char=? c #\{) (read-char port) (read-members port))
          ((char=? c #\[) (read-char port) (list->vector (read-elements port)))
          ((char=? c #\") (read-char port) (read-text port))
          ((or (char=? c #\-) (char-numeric? c)) (read-number port))
          (else (read-word port)))))

;; What stands between brackets: `read-item` reads one, and the comma or the closing bracket decides whether there are more.
(define (read-sequence port close read-item)
  (skip-space port)
  (if (eqv? (peek-char port) close)
      (begin (read-char port) '())
      (let loop ((items (list (read-item port))))
        (skip-space port)
        (let ((c (read-char port)))
          (cond ((eqv? c close) (reverse items))
                ((eqv? c #\,) (loop (cons (read-item port) items)))
                (else (error "JSON: expected a comma or the end, but got" c)))))))

(define (read-elements port) (read-sequence port #\] read-json))

(define (read-members port)
  (read-sequence port #\}
                 (lambda (port)
                   (expect port #\")
                   (let ((key (read-text port)))
                     (expect port #\:)
                     (cons key (read-json port))))))

(define (read-text port)
  (let ((out (open-output-string)))
    (let loop ()
      (let ((c (read-char port)))
        (cond ((eof-object? c) (error "JSON: a string is not closed"))
              ((char=? c #\") (get-output-string out))
              ((char=? c #\\) (write-char (read-escape port) out) (loop))
              (else (write-char c out) (loop)))))))

(define escapes '((#\n . #\newline) (#\t . #\tab) (#\r . #\return) (#\b . #\backspace) (#\f . #\x0c)))

(define (read-escape port)
  (let ((c (read-char port)))
    (cond ((eqv? c #\u) (integer->char (string->number (read-string 4 port) 16)))
          ((assv c escapes) => cdr)
          (else c))))

(define (read-while port wanted?)
  (let ((out (open-output-string)))
    (let loop ((c (peek-char port)))
      (cond ((and (char? c) (wanted? c))
             (write-char (read-char port) out)
             (loop (peek-char port)))
            (else (get-output-string out))))))

(define (read-number port)
  (string->number (read-while port (lambda (c) (or (char-numeric? c) (memv c '(#\- #\+ #\. #\e #\E)))))))

(define (read-word port)
  (let ((word (read-while port char-alphabetic?)))
    (cond ((assoc word '(("true" . #t) ("false" . #f) ("null" . null))) => cdr)
          (else (error "JSON: unknown word" word)))))

(define (write-json x indent)
  (define (write-sequence open close items write-item)
    (display open)
    (let loop ((items items) (separator ""))
      (unless (null? items)
        (display separator)
        (newline)
        (display (make-string (+ indent 2) #\space))
        (write-item (car items))
        (loop (cdr items) ",")))
    (unless (null? items)
      (newline)
      (display (make-string indent #\space)))
    (display close))
  (cond ((vector? x)
         (write-sequence "[" "]" (vector->list x) (lambda (item) (write-json item (+ indent 2)))))
        ((or (pair? x) (null? x))
         (write-sequence "{" "}" x
                         (lambda (member)
                           (write-text (car member))
                           (display ": ")
                           (write-json (cdr member) (+ indent 2)))))
        ((string? x) (write-text x))
        ((boolean? x) (display (if x "true" "false")))
        (else (display x))))

(define (write-text text)
  (write-char #\")
  (string-for-each
   (lambda (c)
     (cond ((memv c '(#\" #\\)) (write-char #\\) (write-char c))
           ((char=? c #\newline) (display "\\n"))
           (else (write-char c))))
   text)
  (write-char #\"))

;; A path into a document: strings select members, numbers elements.
(define (json-ref x . path)
  (let loop ((x x) (path path))
    (cond ((null? path) x)
          ((string? (car path)) (loop (cdr (assoc (car path) x)) (cdr path)))
          (else (loop (vector-ref x (car path)) (cdr path))))))

(define document
  "{\"name\": \"kestrel\", \"latin\": \"Falco tinnunculus\", \"wingspan\": [65, 82.5],
    \"hovers\": true, \"eats\": [\"voles\", \"beetles\", {\"rarely\": [\"small birds\\n(\\u0022sparrows\\u0022)\"]}],
    \"threats\": null, \"colours\": {}}")

(define bird (read-json (open-input-string document)))

(write (json-ref bird "eats" 2 "rarely" 0))
(newline)
(write (apply + (vector->list (json-ref bird "wingspan"))))
(newline)
(write-json bird 0)
(newline)
(guard (e ((error-object? e)
           (display (error-object-message e))
           (for-each (lambda (irritant) (display " ") (write irritant)) (error-object-irritants e))
           (newline)))
  (read-json (open-input-string "[1, 2; 3]")))
