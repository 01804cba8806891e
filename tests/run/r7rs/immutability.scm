;; Literal constants, and the strings of symbols, cannot be changed; what procedures make can. Each refusal is an error object that names
;; the procedure, the argument and the constant.
;; no eval: data that are evaluated can be changed
(define-library (constants)
  (export p s v b)
  (import (scheme base))
  (begin
    (define p '(1 (2) 3))
    (define s "abc")
    (define v #(3 #(2) 1))
    (define b #u8(1 2 3))))
(import (scheme base) (scheme char) (scheme write) (constants))

(define-syntax refused
  (syntax-rules ()
    ((_ (procedure argument ...) ...)
     (begin (check 'procedure (lambda () (procedure argument ...))) ...))))

(define (starts-with? prefix text)
  (and (<= (string-length prefix) (string-length text))
       (string=? prefix (string-copy text 0 (string-length prefix)))))

(define (check who thunk)
  (let ((expected (string-append (symbol->string who) ": argument 1 must be mutable, but is the literal constant ")))
    (guard (e ((and (error-object? e) (starts-with? expected (error-object-message e))) #t)
              ((error-object? e) (display (error-object-message e)) (newline)))
      (thunk)
      (display who)
      (display " changed a constant")
      (newline))))

(define name (symbol->string 'abc))
(define half `(1 ,(string #\a) (constant tail)))

(refused
 (set-car! p 9) (set-cdr! p 9) (set-car! (cadr p) 9) (set-cdr! (cddr p) 9) (set-car! '(local) 1)
 (string-set! s 0 #\x) (string-fill! s #\x) (string-fill! s #\x 1 2) (string-copy! s 0 "zz") (string-copy! s 0 "zz" 1 1)
 (string-fill! "" #\x) (string-set! name 0 #\x) (string-fill! name #\x) (string-copy! name 0 "zz")
 (vector-set! v 0 9) (vector-set! (vector-ref v 1) 0 9) (vector-fill! v 9) (vector-fill! v 9 1 1) (vector-copy! v 0 #(9))
 (bytevector-u8-set! b 0 9) (bytevector-copy! b 0 #u8(9)) (read-bytevector! b (open-input-bytevector (bytevector 9)))
 (set-car! (list-ref half 2) 9) (set-car! `(all constant) 9) (vector-set! `#(all constant) 0 9))

(define-syntax changed
  (syntax-rules ()
    ((_ (make change) ...)
     (begin (let ((x make)) (change x)) ...))))

(define (first! x) (set-car! x 9))
(define (first-char! x) (string-set! x 0 #\z))
(define (first-element! x) (vector-set! x 0 9))
(define (first-byte! x) (bytevector-u8-set! x 0 9))

(changed
 ((list-copy p) first!) ((append p '()) first!) ((map values p) first!) ((reverse p) first!) (half first!)
 ((vector->list v) first!) ((string->list s) first!) ((features) first!) ((make-list 2 0) first!)
 ((apply list '(1 2)) first!) ((apply (lambda all all) '(1 2)) first!)
 ((string-copy s) first-char!) ((string-append s) first-char!) ((string-append s "") first-char!)
 ((substring s 0 3) first-char!) ((list->string (string->list s)) first-char!) ((string-upcase "ABC") first-char!)
 ((string-foldcase "abc") first-char!) ((string-downcase "abc") first-char!) ((number->string 10) first-char!)
 ((utf8->string (string->utf8 s)) first-char!) ((vector->string #(#\a)) first-char!) ((string-map char-upcase s) first-char!)
 ((vector-copy v) first-element!) ((vector-append v) first-element!) ((vector-map values v) first-element!)
 ((list->vector p) first-element!) ((string->vector s) first-element!) ((vector 1 2) first-element!)
 ((bytevector-copy b) first-byte!) ((bytevector-append b) first-byte!) ((string->utf8 s) first-byte!))

(define list-set-refused (guard (e ((error-object? e) #t)) (list-set! p 1 9) #f))

(define text (string #\a #\b))
(define symbol (string->symbol text))
(first-char! text)
(list p s v b name list-set-refused symbol text (eq? symbol 'ab) (eq? (string->symbol (symbol->string 'ab)) 'ab))
;; value: ((1 (2) 3) "abc" #(3 #(2) 1) #u8(1 2 3) "abc" #t ab "zb" #t #t)
