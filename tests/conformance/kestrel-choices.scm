;; What R7RS leaves open and Kestrel promises
(import (scheme base) (scheme char) (scheme cxr) (scheme inexact) (scheme read) (scheme write))

(define (parse text) (read (open-input-string text)))
(define (written x) (let ((p (open-output-string))) (write x p) (get-output-string p)))

; literals are immutable, and every misuse of a procedure raises an error object
(list-set! '(1 2) 0 3) => literal error
(string-fill! "abc" #\x) => literal error
(vector-fill! #(1) 0) => literal error
(length '#0=(1 . #0#)) => error
(list-copy '#0=(1 . #0#)) => error
(vector-ref #(1) 1) => error
(exact +nan.0) => error

; a comparison of one argument holds, if the argument may be compared
(list (= 1) (< 1) (>= 1.5)) => (#t #t #t)
(list (char=? #\a) (char-ci<? #\a) (string=? "a") (string>? "a") (string-ci<=? "a")) => (#t #t #t #t #t)
(list (boolean=? #t) (symbol=? 'a)) => (#t #t)
(< 'a) => error
(char<? 5) => error
(string=? 'a) => error
(boolean=? 5) => error
(symbol=? 5) => error

; characters are distinct immediates, small integers and the empty objects are eq?
(eq? #\a #\a) => #t
(eq? 100 100) => #t
(eq? -1152921504606846976 -1152921504606846976) => #t
(eq? '() '()) => #t

; external representations
(written ''a) => "'a"
(written '`(a ,b ,@c)) => "`(a ,b ,@c)"
(written '(quote a b)) => "(quote a b)"
(written '(quote . a)) => "(quote . a)"
(written 1e21) => "1e21"
(written 1e20) => "1e20"
(written 1e-7) => "1e-7"
(written 0.0001) => "0.0001"
(written #\x7f) => "#\\delete"
(written #\x0) => "#\\null"
(written #\x1) => "#\\x1"
(written "\x1;\x7f;") => "\"\\x1;\\x7f;\""
(written (string->symbol "a\x1;b")) => "|a\\x1;b|"
(written (eof-object)) => "#<eof>"
(written car) => "#<procedure car>"
(define (named) 1)
(written named) => "#<procedure named>"
(written (if #f #f)) => "#<unspecified>"
(parse "#!eof") => error

; numbers
; an exact 0 is neutral in sums, and 0.0 as a factor, whether literals are folded or values come at run time
(define zero (string->number "0"))
(define (z op . args) (apply op zero args))
(* 0 -1.5) => -0.0
(z * -1.5) => -0.0
((lambda (x) (* x -1.5)) zero) => -0.0
(* 0 1.5) => 0.0
(z * 1.5) => 0.0
((lambda (x) (* x 1.5)) zero) => 0.0
(* 0 +inf.0) => +nan.0
(z * +inf.0) => +nan.0
((lambda (x) (* x +inf.0)) zero) => +nan.0
(+ 0 -0.0) => -0.0
(z + -0.0) => -0.0
((lambda (x) (+ x -0.0)) zero) => -0.0
(- 0 0.0) => -0.0
(z - 0.0) => -0.0
((lambda (x) (- x 0.0)) zero) => -0.0
(/ 0 -5.0) => -0.0
(z / -5.0) => -0.0
((lambda (x) (/ x -5.0)) zero) => -0.0
(/ 0 0.0) => +nan.0
(z / 0.0) => +nan.0
((lambda (x) (/ x 0.0)) zero) => +nan.0
(* 0 1.0-2.0i) => 0.0-0.0i
(z * 1.0-2.0i) => 0.0-0.0i
((lambda (x) (* x 1.0-2.0i)) zero) => 0.0-0.0i
(* 1.5 0) => 0.0
(* -1.5 zero) => -0.0
(+ -0.0 0) => -0.0
(+ -0.0 zero) => -0.0
(- -0.0 0) => -0.0
(- 0.0 zero) => 0.0
(/ 1 (* 0 -1.0)) => -inf.0
(/ 1.0 0) => error
(/ 0.0 zero) => error
(/ +nan.0 0) => error
(atan 0 0) => error
(log 0) => error
(log 0 2) => error
(log 2 0) => error
(log 2 1) => error
(expt 0 -1/2) => error
(expt 0 -i) => error

(expt 0 0) => 1
(expt 0.0 0) => 1
(sqrt 16) => 4
(sqrt 1/4) => 1/2
(exp 0) => 1
(* 0 1.5) => 0.0
(max 1 2.0) => 2.0
(string->number "1e400") => +inf.0
(number->string 0.5 2) => "#i1/10"

; parameters
(let ((p (make-parameter 1))) (p 2)) => error
