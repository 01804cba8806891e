;; R7RS 6.13: ports, input, output
(import (scheme base) (scheme char) (scheme file) (scheme read) (scheme write))

(define (written x) (let ((p (open-output-string))) (write x p) (get-output-string p)))
(define (displayed x) (let ((p (open-output-string))) (display x p) (get-output-string p)))
(define (shared x) (let ((p (open-output-string))) (write-shared x p) (get-output-string p)))
(define (simple x) (let ((p (open-output-string))) (write-simple x p) (get-output-string p)))
(define (in text) (open-input-string text))
(define (bin . bytes) (open-input-bytevector (apply bytevector bytes)))
(define file "conformance.tmp")

; 6.13.1 ports
(port? (current-input-port)) => #t
(port? (current-output-port)) => #t
(port? (current-error-port)) => #t
(input-port? (current-input-port)) => #t
(output-port? (current-output-port)) => #t
(output-port? (current-error-port)) => #t
(textual-port? (current-input-port)) => #t
(textual-port? (current-output-port)) => #t
(textual-port? (current-error-port)) => #t
(input-port? (in "")) => #t
(output-port? (in "")) => #f
(textual-port? (in "")) => #t
(binary-port? (in "")) => #f
(port? (in "")) => #t
(input-port? (open-output-string)) => #f
(output-port? (open-output-string)) => #t
(textual-port? (open-output-string)) => #t
(binary-port? (open-output-string)) => #f
(input-port? (bin)) => #t
(binary-port? (bin)) => #t
(textual-port? (bin)) => #f
(output-port? (open-output-bytevector)) => #t
(binary-port? (open-output-bytevector)) => #t
(textual-port? (open-output-bytevector)) => #f
(map (lambda (p?) (p? 5)) (list port? input-port? output-port? textual-port? binary-port?)) => (#f #f #f #f #f)
(map (lambda (p?) (p? "a")) (list port? input-port? output-port? textual-port? binary-port?)) => (#f #f #f #f #f)
(input-port-open? (in "")) => #t
(let ((p (in ""))) (close-port p) (input-port-open? p)) => #f
(let ((p (in ""))) (close-input-port p) (input-port-open? p)) => #f
(output-port-open? (open-output-string)) => #t
(let ((p (open-output-string))) (close-port p) (output-port-open? p)) => #f
(let ((p (open-output-string))) (close-output-port p) (output-port-open? p)) => #f
(let ((p (in ""))) (close-port p) (close-port p) (input-port-open? p)) => #f
(input-port-open? (open-output-string)) => error
(output-port-open? (in "")) => error
(input-port-open? 5) => error
(output-port-open? 5) => error
(close-input-port (open-output-string)) => error
(close-output-port (in "")) => error
(close-port 5) => error
(let ((p (in "abc"))) (close-port p) (read-char p)) => error
(let ((p (open-output-string))) (close-port p) (write-char #\a p)) => error
(call-with-port (in "abc") read-char) => #\a
(let* ((q #f) (r (call-with-port (in "abc") (lambda (p) (set! q p) (read-char p))))) (list r (input-port-open? q))) => (#\a #f)
(call-with-values (lambda () (call-with-port (in "ab") (lambda (p) (values 1 2)))) list) => (1 2)
(call-with-port 5 car) => error
(parameterize ((current-output-port (open-output-string))) (write 'x) (get-output-string (current-output-port))) => "x"
(parameterize ((current-input-port (in "abc"))) (let* ((a (read-char)) (b (read-char))) (list a b))) => (#\a #\b)
(parameterize ((current-error-port (open-output-string))) (write 'x (current-error-port)) (get-output-string (current-error-port))) => "x"

; string and bytevector ports
(let ((p (open-output-string))) (display "piece" p) (display " by piece " p) (display "by piece." p) (newline p) (get-output-string p)) => "piece by piece by piece.\n"
(get-output-string (open-output-string)) => ""
(let ((p (open-output-string))) (write-string "abc" p) (let* ((a (get-output-string p)) (b (begin (write-string "d" p) (get-output-string p)))) (list a b))) => ("abc" "abcd")
(let ((p (open-output-bytevector))) (write-u8 1 p) (write-bytevector #u8(2 3) p) (get-output-bytevector p)) => #u8(1 2 3)
(get-output-bytevector (open-output-bytevector)) => #u8()
(get-output-string (in "a")) => error
(get-output-string (open-output-bytevector)) => error
(get-output-bytevector (open-output-string)) => error
(open-input-string 'a) => error
(open-input-bytevector "a") => error

; 6.13.2 input
(read (in "(a b . c)")) => (a b . c)
(eof-object? (read (in ""))) => #t
(eof-object? (read (in "  ; comment"))) => #t
(let ((p (in "1 (2) \"3\""))) (let* ((a (read p)) (b (read p)) (c (read p)) (d (eof-object? (read p)))) (list a b c d))) => (1 (2) "3" #t)
(let ((p (in "abc def"))) (let* ((a (read p)) (b (read-char p))) (list a b))) => (abc #\space)
(let ((p (in "(a)b"))) (let* ((a (read p)) (b (read-char p))) (list a b))) => ((a) #\b)
(read (in "(1 2")) => error
(read (bin 1)) => error
(read 5) => error
(let ((p (in "ab"))) (let* ((a (read-char p)) (b (read-char p)) (c (eof-object? (read-char p))) (d (eof-object? (read-char p)))) (list a b c d))) => (#\a #\b #t #t)
(let ((p (in "λ"))) (read-char p)) => #\λ
(read-char (bin 1)) => error
(read-char (open-output-string)) => error
(let ((p (in "ab"))) (let* ((a (peek-char p)) (b (peek-char p)) (c (read-char p)) (d (peek-char p))) (list a b c d))) => (#\a #\a #\a #\b)
(eof-object? (peek-char (in ""))) => #t
(peek-char 5) => error
(let ((p (in "one\ntwo\n\nlast"))) (let* ((a (read-line p)) (b (read-line p)) (c (read-line p)) (d (read-line p)) (e (eof-object? (read-line p)))) (list a b c d e))) => ("one" "two" "" "last" #t)
(eof-object? (read-line (in ""))) => #t
(read-line (in "\n")) => ""
(read-line (bin 1)) => error
(let ((p (in "a\nb"))) (read-line p) (read-char p)) => #\b
(eof-object? (eof-object)) => #t
(eof-object? 'eof) => #f
(eof-object? #f) => #f
(eof-object? (if #f #f)) => #f
(char-ready? (in "a")) => #t
(char-ready? (in "")) => #t
(char-ready? (bin 1)) => error
(char-ready? 5) => error
(read-string 3 (in "abcdef")) => "abc"
(read-string 10 (in "abc")) => "abc"
(eof-object? (read-string 1 (in ""))) => #t
(read-string 0 (in "abc")) => ""
(let ((p (in "abcdef"))) (let* ((a (read-string 2 p)) (b (read-string 3 p)) (c (read-string 4 p)) (d (eof-object? (read-string 1 p)))) (list a b c d))) => ("ab" "cde" "f" #t)
(read-string -1 (in "a")) => error
(read-string 'a (in "a")) => error
(read-string 1 (bin 1)) => error
(parameterize ((current-input-port (in "abc"))) (read-string 2)) => "ab"
(let ((p (bin 1 2))) (let* ((a (read-u8 p)) (b (peek-u8 p)) (c (read-u8 p)) (d (eof-object? (read-u8 p))) (e (eof-object? (peek-u8 p)))) (list a b c d e))) => (1 2 2 #t #t)
(read-u8 (in "a")) => error
(peek-u8 (in "a")) => error
(u8-ready? (bin 1)) => #t
(u8-ready? (bin)) => #t
(u8-ready? (in "a")) => error
(read-bytevector 2 (bin 1 2 3)) => #u8(1 2)
(read-bytevector 10 (bin 1 2 3)) => #u8(1 2 3)
(eof-object? (read-bytevector 1 (bin))) => #t
(read-bytevector 0 (bin 1)) => #u8()
(read-bytevector -1 (bin 1)) => error
(read-bytevector 1 (in "a")) => error
(let* ((bv (bytevector 1 2 3 4 5)) (n (read-bytevector! bv (bin 7 8 9)))) (list n bv)) => (3 #u8(7 8 9 4 5))
(let* ((bv (bytevector 1 2 3 4 5)) (n (read-bytevector! bv (bin 7 8 9) 1))) (list n bv)) => (3 #u8(1 7 8 9 5))
(let* ((bv (bytevector 1 2 3 4 5)) (n (read-bytevector! bv (bin 7 8 9) 1 3))) (list n bv)) => (2 #u8(1 7 8 4 5))
(let* ((bv (bytevector 1 2)) (n (read-bytevector! bv (bin 7 8 9)))) (list n bv)) => (2 #u8(7 8))
(eof-object? (read-bytevector! (bytevector 1 2) (bin))) => #t
(read-bytevector! (bytevector 1) (bin 1) 0 2) => error
(read-bytevector! (bytevector 1) (bin 1) 2) => error
(read-bytevector! "a" (bin 1)) => error
(read-bytevector! #u8(1 2) (bin 1)) => literal error

; 6.13.3 output
(written '(1 "two" #\3 four 5.0)) => "(1 \"two\" #\\3 four 5.0)"
(displayed '(1 "two" #\3 four 5.0)) => "(1 two 3 four 5.0)"
(displayed #("a" #\b)) => "#(a b)"
(displayed "a\"b") => "a\"b"
(written "a\"b\\c") => "\"a\\\"b\\\\c\""
(written "a\nb\tc\rd\ae") => "\"a\\nb\\tc\\rd\\ae\""
(displayed '|a b|) => "a b"
(written '|a b|) => "|a b|"
(written #\space) => "#\\space"
(displayed #\space) => " "
(written #\a) => "#\\a"
(written '()) => "()"
(written #t) => "#t"
(written #f) => "#f"
(written #u8(1 2)) => "#u8(1 2)"
(written '(a . b)) => "(a . b)"
(written '(a b . c)) => "(a b . c)"
(written #(1 #(2) ())) => "#(1 #(2) ())"
(written "λ") => "\"λ\""
(written '|λ|) => "λ"
(written (let ((x (list 'a 'b))) (set-cdr! (cdr x) x) x)) => "#0=(a b . #0#)"
(displayed (let ((x (list 'a 'b))) (set-cdr! (cdr x) x) x)) => "#0=(a b . #0#)"
(shared (let ((x (list 'a 'b))) (set-cdr! (cdr x) x) x)) => "#0=(a b . #0#)"
(written (let ((x (list 1))) (set-car! x x) x)) => "#0=(#0#)"
(written (let ((v (vector 1 2))) (vector-set! v 0 v) v)) => "#0=#(#0# 2)"
(written (let ((x (list 1 2))) (list x x))) => "((1 2) (1 2))"
(displayed (let ((x (list 1 2))) (list x x))) => "((1 2) (1 2))"
(shared (let ((x (list 1 2))) (list x x))) => "(#0=(1 2) #0#)"
(shared (let ((x (vector 1))) (vector x x))) => "#(#0=#(1) #0#)"
(shared (let* ((x (list 1)) (y (list x x))) (list y y))) => "(#0=(#1=(1) #1#) #0#)"
(shared '(a a 1 1 #\b #\b)) => "(a a 1 1 #\\b #\\b)"
(shared '(1 2 3)) => "(1 2 3)"
(shared (let ((x (list 1 2))) (cons x (cdr x)))) => "((1 . #0=(2)) . #0#)"
(simple '(1 "two" #\3)) => "(1 \"two\" #\\3)"
(simple (let ((x (list 1 2))) (list x x))) => "((1 2) (1 2))"
(written (let ((x (list 1 2)) (y (list 3))) (set-cdr! (cdr x) x) (list x y y))) => "(#0=(1 2 . #0#) (3) (3))"
(let ((x (list 'a 'b))) (set-cdr! (cdr x) x) (let ((y (read (in (written x))))) (list (car y) (cadr y) (eq? y (cddr y))))) => (a b #t)
(let ((p (open-output-string))) (newline p) (get-output-string p)) => "\n"
(let ((p (open-output-string))) (write-char #\λ p) (get-output-string p)) => "λ"
(let ((p (open-output-string))) (write-string "abcde" p) (get-output-string p)) => "abcde"
(let ((p (open-output-string))) (write-string "abcde" p 2) (get-output-string p)) => "cde"
(let ((p (open-output-string))) (write-string "abcde" p 1 3) (get-output-string p)) => "bc"
(let ((p (open-output-bytevector))) (write-u8 255 p) (get-output-bytevector p)) => #u8(255)
(let ((p (open-output-bytevector))) (write-bytevector #u8(1 2 3 4) p 1) (get-output-bytevector p)) => #u8(2 3 4)
(let ((p (open-output-bytevector))) (write-bytevector #u8(1 2 3 4) p 1 3) (get-output-bytevector p)) => #u8(2 3)
(let ((p (open-output-string))) (flush-output-port p) (get-output-string p)) => ""
(write-char "a" (open-output-string)) => error
(write-char #\a (open-output-bytevector)) => error
(write-string 'a (open-output-string)) => error
(write-string "abc" (open-output-string) 4) => error
(write-string "abc" (open-output-string) 2 1) => error
(write-string "abc" (open-output-string) 0 4) => error
(write-string "abc" (open-output-bytevector)) => error
(write-u8 256 (open-output-bytevector)) => error
(write-u8 -1 (open-output-bytevector)) => error
(write-u8 1 (open-output-string)) => error
(write-bytevector "a" (open-output-bytevector)) => error
(write-bytevector #u8(1 2) (open-output-bytevector) 3) => error
(write-bytevector #u8(1 2) (open-output-string)) => error
(write 1 (in "a")) => error
(write 1 5) => error
(display 1 'x) => error
(newline (in "")) => error
(write 1 (open-output-bytevector)) => error
(flush-output-port (in "")) => error

; round trips
(map (lambda (x) (equal? x (read (in (written x))))) (list 1 -1/2 1.5 "a\"b\n" #\a #\space #\x0 'sym '|a b| '|| '(1 . 2) '(1 2) #(1 (2)) #u8(1) #t '() (expt 10 30))) => (#t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t)

; files
(call-with-output-file file (lambda (p) (write '(1 "two") p) (newline p) (write-string "λ\n" p) 'done)) => done
(file-exists? file) => #t
(call-with-input-file file read) => (1 "two")
(call-with-input-file file read-line) => "(1 \"two\")"
(call-with-input-file file (lambda (p) (read-line p) (read-line p))) => "λ"
(with-input-from-file file read) => (1 "two")
(with-input-from-file file (lambda () (let* ((a (read-char)) (b (peek-char)) (c (read))) (list a b c)))) => (#\( #\1 1)
(begin (with-output-to-file file (lambda () (display "abc") (newline))) (with-input-from-file file read-line)) => "abc"
(let ((p (open-input-file file))) (let* ((a (read-char p)) (t? (textual-port? p)) (i? (input-port? p))) (close-port p) (list a t? i? (input-port-open? p)))) => (#\a #t #t #f)
(let ((p (open-output-file file))) (let ((o? (output-port? p)) (t? (textual-port? p))) (write 'x p) (close-output-port p) (list o? t? (call-with-input-file file read)))) => (#t #t x)
(let ((p (open-binary-output-file file))) (write-u8 200 p) (write-bytevector #u8(1 2 3) p) (close-port p) (let* ((q (open-binary-input-file file)) (all (read-bytevector 10 q))) (close-port q) all)) => #u8(200 1 2 3)
(let ((p (open-binary-input-file file))) (let ((b? (binary-port? p)) (t? (textual-port? p))) (close-port p) (list b? t?))) => (#t #f)
(begin (call-with-output-file file (lambda (p) (write-string "new" p))) (call-with-input-file file read-line)) => "new"
(begin (delete-file file) (file-exists? file)) => #f
(delete-file file) => error
(open-input-file file) => error
(open-binary-input-file file) => error
(with-input-from-file file read) => error
(file-exists? 5) => error
(delete-file 5) => error
(open-input-file 5) => error
(open-output-file 'x) => error
(call-with-output-file 5 car) => error
(file-exists? "/") => #t

; at the end, and counts of nothing
(define (closed port) (close-port port) port)
(define (read-all text) (let ((p (in text))) (let loop ((all '())) (let ((x (read p))) (if (eof-object? x) (reverse all) (loop (cons x all)))))))
(read-string 0 (in "")) => ""
(read-bytevector 0 (bin)) => #u8()
(read-bytevector! (bytevector) (bin)) => 0
(read-bytevector! (bytevector) (bin 1)) => 0
(read-bytevector! (bytevector 1 2) (bin 3) 1 1) => 0
(read-bytevector! (bytevector 1 2) (bin) 2) => 0
(eof-object? (read-bytevector! (bytevector 1 2) (bin) 1)) => #t
(let* ((b (bytevector 1 2 3)) (n (read-bytevector! b (bin 9 8 7 6) 3))) (list n b)) => (0 #u8(1 2 3))
(read-bytevector! (bytevector 1 2) (bin 3) 2 1) => error
(read-bytevector! (bytevector 1 2) (bin 3) 1.0) => error
(read-string 2.0 (in "abc")) => error
(read-bytevector 1.0 (bin 1)) => error
(read-bytevector (expt 10 30) (bin 1)) => error
(read-line (in "a\r\nb")) => "a"
(read-line (in "a\rb")) => "a"
(let* ((p (in "a\r\n\r\nb\n")) (a (read-line p)) (b (read-line p)) (c (read-line p)) (d (read-line p))) (list a b c (eof-object? d))) => ("a" "" "b" #t)
(let* ((p (in "ab")) (a (read-line p)) (b (read-line p))) (list a (eof-object? b))) => ("ab" #t)
(let* ((p (in "a")) (a (read-char p)) (b (peek-char p)) (c (read-char p)) (d (char-ready? p))) (list a (eof-object? b) (eof-object? c) d)) => (#\a #t #t #t)
(let* ((p (in "λ😀x")) (a (peek-char p)) (b (read-char p)) (c (read-string 1 p)) (d (read-line p))) (list a b c d)) => (#\λ #\λ "😀" "x")
(eq? (read-char (in "")) (eof-object)) => #t
(eof-object? (read-u8 (bin))) => #t

; closed ports
(read-char (closed (in "a"))) => error
(peek-char (closed (in "a"))) => error
(char-ready? (closed (in "a"))) => error
(read-line (closed (in "a"))) => error
(read-string 1 (closed (in "a"))) => error
(read-string 0 (closed (in "a"))) => error
(read (closed (in "a"))) => error
(read-u8 (closed (bin 1))) => error
(peek-u8 (closed (bin 1))) => error
(u8-ready? (closed (bin 1))) => error
(read-bytevector 1 (closed (bin 1))) => error
(read-bytevector! (bytevector 1) (closed (bin 1))) => error
(write 1 (closed (open-output-string))) => error
(write-string "" (closed (open-output-string))) => error
(newline (closed (open-output-string))) => error
(write-u8 1 (closed (open-output-bytevector))) => error
(write-bytevector #u8() (closed (open-output-bytevector))) => error
(map (lambda (p?) (p? (closed (in "")))) (list port? input-port? output-port? textual-port? binary-port? input-port-open?)) => (#t #t #f #t #f #f)
(let ((p (closed (in "")))) (close-port p) (close-input-port p) (input-port-open? p)) => #f
(let ((p (closed (open-output-string)))) (close-port p) (close-output-port p) (output-port-open? p)) => #f

; text and bytes are not mixed up
(read-char (bin 65)) => error
(read-string 1 (bin 65)) => error
(read-u8 (in "a")) => error
(read-bytevector! (bytevector 1) (in "a")) => error
(write-string "a" (open-output-bytevector)) => error
(display 1 (open-output-bytevector)) => error
(newline (open-output-bytevector)) => error
(write-u8 1 (open-output-string)) => error
(write-char #\a (in "")) => error
(read-char (open-output-string)) => error
(write 'a (in "")) => error

; call-with-port closes its port when the procedure has returned, and only then
(let ((q #f)) (guard (e (#t (list e (input-port-open? q)))) (call-with-port (in "x") (lambda (p) (set! q p) (raise 'left))))) => (left #t)
(call-with-values (lambda () (call-with-port (in "x") (lambda (p) (values (read-char p) (eof-object? (read-char p)))))) list) => (#\x #t)
(call-with-port (in "x") (lambda (p) (close-port p) 'closed)) => closed
(let ((p (open-output-string))) (call-with-port p (lambda (p) (write 'a p))) (list (output-port-open? p) (get-output-string p))) => (#f "a")
(call-with-port (in "x") 5) => error

; read: a datum of every kind, one after another
(read-all "#t #false 1 -2.5 1/2 +i a |b c| #\\x #\\space \"d\\x41;\" (1 . 2) (1 2) () #(1) #u8(1) 'a `(b ,c ,@d)") => (#t #f 1 -2.5 1/2 +i a |b c| #\x #\space "dA" (1 . 2) (1 2) () #(1) #u8(1) 'a `(b ,c ,@d))
(read-all "a #;b c #;(d #;e) #| f #| g |# |# h ; i\n j") => (a c h j)
(read-all "(a #;b) (a . #;b c) (a . b #;c) (#;a) #(#;a b) #u8(#;1 2)") => ((a) (a . c) (a . b) () #(b) #u8(2))
(read-all "#;#;a b c") => (c)
(read-all "'#;a b") => ('b)
(read-all "#;#0=(a . #0#) b") => (b)
(read-all "#!fold-case AbC #!no-fold-case AbC") => (abc AbC)
(read-all "(a)(b)\"c\"d") => ((a) (b) "c" d)
(let ((x (read (in "#0=(a #1=(b . #0#) . #1#)")))) (list (eq? (cadr x) (cddr x)) (eq? x (cdr (cadr x))))) => (#t #t)
(let ((x (read (in "#0=#(1 #0# (#0#))")))) (list (eq? x (vector-ref x 1)) (eq? x (car (vector-ref x 2))))) => (#t #t)
(let ((x (read (in "(#5=\"s\" #5# #5#)")))) (list (eq? (car x) (cadr x)) (eq? (car x) (caddr x)))) => (#t #t)
(let ((x (read (in "#0='#0#")))) (eq? x (cadr x))) => #t
(let* ((p (in "#0=(1)\n#0=(2)")) (a (read p)) (b (read p))) (list a b)) => ((1) (2))
(let ((x (read (in "(1 2)")))) (set-car! x 'changed) x) => (changed 2)

; what is no datum is a read error that tells line and column
(define (unreadable text) (guard (e ((read-error? e) (error-object-message e))) (read-all text)))
(define (caddr x) (car (cddr x)))
(map (lambda (text) (guard (e ((read-error? e) #t) (#t e)) (read-all text))) '(")" "(" "(1 2" "(1 . )" "( . 1)" "(1 . 2 3)" "#(1 . 2)" "#(" "#u8(1" "#u8(256)" "#u8(a)" "\"" "\"\\q\"" "\"\\x41\"" "\"\\xD800;\"" "|a" "#|" "#| #| |#" "#;" "(#;)" "'" "(')" "#\\bogus" "#\\xD800" "#0#" "#0=#0#" "(#0=1 #0=2)" "#foo" "#!foo" "#t1" "." "[" "{" "#u9()" "#<x>" "1/0" "#xg")) => (#t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t)
(unreadable "a\n  (b\n c) )") => "read: unexpected `)` (line 3, column 5 of string)"
(unreadable "(a\n\n  \"λ\" #<b>)") => "read: `#<b>` is not R7RS syntax (line 3, column 7 of string)"
(unreadable "1 2\n#u8(1 999)") => "read: an element of a bytevector must be an exact integer from 0 to 255 (line 2, column 7 of string)"
(unreadable "a b (c") => "read: the text ends inside a list (line 1, column 5 of string)"
(let ((p (in ") x"))) (list (guard (e ((read-error? e) 'refused)) (read p)) (read p))) => (refused x)
(map (lambda (x) (list (read-error? x) (file-error? x))) (list 5 "a" 'read)) => ((#f #f) (#f #f) (#f #f))
(guard (e (#t (list (error-object? e) (read-error? e) (file-error? e)))) (read (in "("))) => (#t #t #f)
(guard (e (#t (list (error-object? e) (read-error? e) (file-error? e)))) (car 5)) => (#t #f #f)

; write, write-shared, write-simple and display on what is shared, circular, and nested in vectors
(define s (list 1 2))
(define v (vector 1))
(define ring (let ((x (list 'a 'b))) (set-cdr! (cdr x) x) x))
(map (lambda (f) (f (list s s))) (list written shared simple displayed)) => ("((1 2) (1 2))" "(#0=(1 2) #0#)" "((1 2) (1 2))" "((1 2) (1 2))")
(map (lambda (f) (f (vector v v))) (list written shared simple displayed)) => ("#(#(1) #(1))" "#(#0=#(1) #0#)" "#(#(1) #(1))" "#(#(1) #(1))")
(map (lambda (f) (f (list ring ring))) (list written shared displayed)) => ("(#0=(a b . #0#) #0#)" "(#0=(a b . #0#) #0#)" "(#0=(a b . #0#) #0#)")
(map (lambda (f) (f (list s s ring))) (list written shared)) => ("((1 2) (1 2) #0=(a b . #0#))" "(#0=(1 2) #0# #1=(a b . #1#))")
(let ((v (vector 1 2 3))) (vector-set! v 1 v) (vector-set! v 2 (list v)) (map (lambda (f) (f v)) (list written shared displayed))) => ("#0=#(1 #0# (#0#))" "#0=#(1 #0# (#0#))" "#0=#(1 #0# (#0#))")
(let ((x (list 1 2 3))) (set-cdr! (cddr x) (cdr x)) (written x)) => "(1 . #0=(2 3 . #0#))"
(let ((q (list 'quote 'a))) (set-car! (cdr q) q) (written q)) => "#0='#0#"
(shared (let ((x (list 'a))) (list 'quote (list x x)))) => "'(#0=(a) #0#)"
(shared (let ((x (list 'b))) (list (cons 'quote x) x))) => "((quote . #0=(b)) #0#)"
(shared (let ((x (string #\a))) (list x x))) => "(\"a\" \"a\")"
(shared (list 'a 'a 1.5 1.5 #\b #\b '() '())) => "(a a 1.5 1.5 #\\b #\\b () ())"
(displayed (let ((x (list "a" #\b))) (set-cdr! (cdr x) x) x)) => "#0=(a b . #0#)"
(let ((text (written ring))) (let ((x (read (in text)))) (eq? x (cddr x)))) => #t

; special characters
(written "\a\b\t\n\r\"\\|") => "\"\\a\\b\\t\\n\\r\\\"\\\\|\""
(written "\x0;\x7f;\xa0;") => "\"\\x0;\\x7f;\\xa0;\""
(written (map integer->char '(7 8 127 27 10 0 13 32 9))) => "(#\\alarm #\\backspace #\\delete #\\escape #\\newline #\\null #\\return #\\space #\\tab)"
(written '(#\( #\) #\; #\" #\\ #\#)) => "(#\\( #\\) #\\; #\\\" #\\\\ #\\#)"
(displayed '(#\( "a\nb" |c d| #\tab)) => "(( a\nb c d \t)"
(written (list (string->symbol "a\nb") (string->symbol "") (string->symbol "1"))) => "(|a\\nb| || |1|)"
(map (lambda (c) (eqv? c (read (in (written c))))) (map integer->char '(0 1 9 32 34 40 65 127 128 160 173 769 955 8232 55295 57344 65279 128512 1114111))) => (#t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t)
(map (lambda (s) (eq? s (read (in (written s))))) (map string->symbol '("" "." ".." "+" "+i" "-a" "1" "1a" "a|b" "a\\b" "a b" "#a" "A" "é" "\x0;" "\x1F600;" "a\"b" "(" "'" ",@"))) => (#t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t #t)

; files that cannot be opened, and what becomes of the current ports
(define (file-refused? thunk) (guard (e (#t (file-error? e))) (thunk)))
(map file-refused? (list (lambda () (open-input-file "no/such/file")) (lambda () (open-output-file "no/such/file")) (lambda () (open-binary-input-file "no/such/file")) (lambda () (open-binary-output-file "no/such/file")) (lambda () (delete-file "no/such/file")) (lambda () (call-with-input-file "no/such/file" read)) (lambda () (call-with-output-file "no/such/file" newline)) (lambda () (with-input-from-file "no/such/file" read)) (lambda () (with-output-to-file "no/such/file" newline)) (lambda () (open-input-file "")) (lambda () (open-input-file "a\x0;b")))) => (#t #t #t #t #t #t #t #t #t #t #t)
(file-exists? "no/such/file") => #f
(file-exists? "a\x0;b") => #f
(let ((before (current-output-port))) (guard (e (#t (list e (eq? before (current-output-port))))) (with-output-to-file file (lambda () (raise 'left))))) => (left #t)
(let ((before (current-input-port))) (with-output-to-file file (lambda () (write '(1)))) (list (call/cc (lambda (k) (with-input-from-file file (lambda () (k (read)))))) (eq? before (current-input-port)))) => ((1) #t)
(let ((n 0) (again #f)) (let ((x (with-input-from-file file (lambda () (call/cc (lambda (k) (set! again k))) (set! n (+ n 1)) n)))) (if (< x 3) (again #f) x))) => 3
(call-with-values (lambda () (with-input-from-file file (lambda () (values 1 2)))) list) => (1 2)
(let ((p #f)) (call-with-output-file file (lambda (q) (set! p q) (write 'x q))) (output-port-open? p)) => #f
(let ((p (open-output-file file))) (write 'abc p) (flush-output-port p) (let ((x (call-with-input-file file read))) (close-port p) x)) => abc
(begin (delete-file file) (file-exists? file)) => #f
