;; R7RS 2 and 7.1.1: identifiers, white space, comments, notations, datum labels
(import (scheme base) (scheme read) (scheme write))

(define (parse text) (read (open-input-string text)))
(define (parse-all text)
  (let ((port (open-input-string text)))
    (let loop ((found '()))
      (let ((datum (read port)))
        (if (eof-object? datum) (reverse found) (loop (cons datum found)))))))

; identifiers
'lambda => lambda
'... => ...
'+ => +
'- => -
'<=? => <=?
'->string => ->string
'a34kTMNs => a34kTMNs
'list->vector => list->vector
'q => q
'V17a => V17a
'the-word-recursion-has-many-meanings => the-word-recursion-has-many-meanings
'+soup+ => +soup+
'|two words| => |two words|
'|two\x20;words| => |two words|
(symbol->string '|two\x20;words|) => "two words"
(eq? '|a| 'a) => #t
(eq? '|H\x65;llo| 'Hello) => #t
(eq? '|\x3BB;| 'λ) => #t
(eq? '|\x9;\x9;| '|\t\t|) => #t
(symbol->string '|a\nb|) => "a\nb"
(symbol->string '|a\|b|) => "a|b"
(symbol->string '||) => ""
'|| => ||
(eq? 'abc 'ABC) => #f
(eq? 'abc 'AbC) => #f
(symbol->string 'K.Harper) => "K.Harper"
'! => !
'$x => $x
'%x% => %x%
'&rest => &rest
'*stars* => *stars*
'/ => /
':key => :key
'<a> => <a>
'= => =
'?q => ?q
'^up => ^up
'_under => _under
'~tilde => ~tilde
'a.b => a.b
'a@b => a@b
'a+b-c => a+b-c
'.a => .a
'..a => ..a
'+.a => +.a
'-.a => -.a
'-- => --
'+- => +-
'-> => ->
'+@ => +@
'.. => ..
(symbol? '+) => #t
(symbol? '-) => #t
(symbol? '...) => #t
(symbol? '+x) => #t
(symbol? '-x) => #t
(symbol? '+inf.0) => #f
(symbol? '-inf.0) => #f
(symbol? '+nan.0) => #f
(symbol? '+inf) => #t
(symbol? '-nan) => #t
(symbol? '1+) => #t
(symbol? '+1) => #f
(symbol? '|1|) => #t
(symbol? '|+1|) => #t
(symbol->string '|.|) => "."
(let ((|foo bar| 3)) |foo bar|) => 3
(let ((λ 1) (été 2)) (+ λ été)) => 3
(let ((+soup+ 1)) +soup+) => 1
(let ((... 5)) ...) => 5

; folding of case
'(#!fold-case HeLLo #!no-fold-case HeLLo) => (hello HeLLo)
#!fold-case (EQ? 'ABC 'abc) #!no-fold-case => #t
'(#!fold-case #\A #\SPACE "ABC" |ABC| #T #!no-fold-case) => (#\A #\space "ABC" ABC #t)
'(#!fold-case ΛΑΜΔΑ #!no-fold-case ΛΑΜΔΑ) => (λαμδα ΛΑΜΔΑ)
(parse "#!fold-case ABC") => abc
(parse-all "ABC #!fold-case ABC #!no-fold-case ABC") => (ABC abc ABC)
(parse-all "(A #!fold-case B) C") => ((A b) c)

; comments
(+ 1 ; one
   2) => 3
(+ 1 #| two |# 2) => 3
(+ 1 #| two #| nested |# |# 2) => 3
(+ 1 #|
 three lines
 |# 2) => 3
(+ 1 #;(a b) 2) => 3
(+ 1 #; (a b) 2) => 3
(+ 1 #;#;3 4 2) => 3
(+ 1 #;#(1 2) 2) => 3
(+ 1 2 #;3) => 3
'(a #;b c) => (a c)
'(a . #;b c) => (a . c)
'(a . b #;c) => (a . b)
'(a #;b) => (a)
'(#;a) => ()
'#(1 #;2 3) => #(1 3)
'(1 #;"two" 3) => (1 3)
'(1 #;#\a 3) => (1 3)
'(1 #;'a 3) => (1 3)
'(1 #| ; |# 3) => (1 3)
'(1 #||# 3) => (1 3)
'(1 #|||# 3) => (1 3)
'(1 ;|#
   3) => (1 3)
(parse-all "1 ; x\n2") => (1 2)
(parse-all "1 #;2") => (1)
(parse-all "; only a comment") => ()
(parse-all "#| x |#") => ()
(parse-all "#;(1 #;2 3) 4") => (4)
(parse "#| x") => error
(parse "#;") => error
(parse "(1 #;)") => error

; white space
(parse-all "a\tb\nc\rd\r\ne f") => (a b c d e f)
(parse-all "a(b)c\"d\"e;f") => (a (b) c "d" e)
(parse-all "") => ()

; booleans
#t => #t
#f => #f
#true => #t
#false => #f
'#true => #t
(eq? #t #true) => #t
(parse-all "#t #f #true #false") => (#t #f #t #f)
(parse "#tr") => error
(parse "#foo") => error

; characters
#\a => #\a
#\A => #\A
#\( => #\(
#\; => #\;
#\# => #\#
#\" => #\"
#\\ => #\\
#\' => #\'
#\1 => #\1
#\x => #\x
#\x41 => #\A
#\x3BB => #\λ
#\x3bb => #\λ
#\λ => #\λ
#\alarm => #\alarm
#\backspace => #\backspace
#\delete => #\delete
#\escape => #\escape
#\newline => #\newline
#\null => #\null
#\return => #\return
#\space => #\space
#\tab => #\tab
(char->integer #\ ) => 32
(map char->integer '(#\alarm #\backspace #\delete #\escape #\newline #\null #\return #\space #\tab)) => (7 8 127 27 10 0 13 32 9)
(char->integer #\x10FFFF) => 1114111
(char->integer #\x0) => 0
'(#\() => (#\()
'(#\)) => (#\))
(parse "#\\bogus") => error
(parse "#\\x110000") => error
(parse "#\\xD800") => error

; strings
"" => ""
"abc" => "abc"
(string-length "a\\b") => 3
(string-length "a\"b") => 3
(map char->integer (string->list "\a\b\t\n\r\"\\\|")) => (7 8 9 10 13 34 92 124)
"\x41;bc" => "Abc"
"\x3bb;" => "λ"
"\x3BB;" => "λ"
(string-length "\x1F600;") => 1
"a\x20;b" => "a b"
(string-length "one\
   two") => 6
"one\
   two" => "onetwo"
"one\   
   two" => "onetwo"
"one \
   two" => "one two"
"one\
   \
   two" => "onetwo"
"line
 next" => "line\n next"
(string-length "line
 next") => 10
(parse "\"a\\\n   b\"") => "ab"
(parse "\"a\\ \t \n \t b\"") => "ab"
(parse "\"a\r\nb\"") => "a\nb"
(parse "\"a\rb\"") => "a\nb"
(parse "\"abc") => error
(parse "\"\\x41\"") => error
(parse "\"\\xzz;\"") => error
(parse "\"\\x110000;\"") => error

; lists and vectors
'() => ()
'(a) => (a)
'(a b c) => (a b c)
'(a . b) => (a . b)
'(a b . c) => (a b . c)
'(a . (b . (c . ()))) => (a b c)
'(a . (b c)) => (a b c)
'((a) (b (c))) => ((a) (b (c)))
'(a . (b . c)) => (a b . c)
'( a ) => (a)
'(a .b) => (a .b)
'(a. b) => (a. b)
'(1 .5) => (1 0.5)
'(1 . .5) => (1 . 0.5)
'#() => #()
#() => #()
#(1 2 3) => #(1 2 3)
'#(a #(b) (c . d)) => #(a #(b) (c . d))
#(a b) => #(a b)
(vector-length '#(1 #(2 3))) => 2
#u8() => #u8()
#u8(0 10 255) => #u8(0 10 255)
'#u8(1 2) => #u8(1 2)
#u8(#xff #b101) => #u8(255 5)
(parse "#u8(256)") => error
(parse "#u8(-1)") => error
(parse "#u8(a)") => error
(parse "#u8(1.0)") => error
(parse "(a . )") => error
(parse "( . a)") => error
(parse "(a . b c)") => error
(parse "(a") => error
(parse ")") => error
(parse "#(a . b)") => error
(parse "#(a") => error
(parse "'") => error

; abbreviations
''a => 'a
(equal? ''a '(quote a)) => #t
(equal? '`a '(quasiquote a)) => #t
(equal? ',a '(unquote a)) => #t
(equal? ',@a '(unquote-splicing a)) => #t
(car ''a) => quote
(length ''a) => 2
(equal? '' a '(quote a)) => #t
(equal? '`(a ,b ,@c) '(quasiquote (a (unquote b) (unquote-splicing c)))) => #t
(equal? (parse "',`,@x") '(quote (unquote (quasiquote (unquote-splicing x))))) => #t
(equal? (parse "'()") '(quote ())) => #t
(equal? (parse ", a") '(unquote a)) => #t
(equal? (parse ",@ a") '(unquote-splicing a)) => #t

; numbers as data
(parse-all "1 -1 +1 1.5 .5 1. 1e3 1/2 #xFF #b-101 #o17 #d10 #e1.5 #i1/2") => (1 -1 1 1.5 0.5 1.0 1000.0 1/2 255 -5 15 10 3/2 0.5)
'(#xff #XFF #b1010 #B1010 #o777 #O777 #d99 #D99) => (255 255 10 10 511 511 99 99)
'(#e1.25 #E1.25 #i5 #I5) => (5/4 5/4 5.0 5.0)
'(#x#e1F #e#x1F #i#x10 #x#i10) => (31 31 16.0 16.0)
'(1E3 1e+3 1e-3) => (1000.0 1000.0 0.001)
'(+inf.0 -inf.0 +nan.0) => (+inf.0 -inf.0 +nan.0)
'(+INF.0 -Inf.0 +NaN.0) => (+inf.0 -inf.0 +nan.0)
'(-0.0 +0.0 0.0) => (-0.0 0.0 0.0)
'(#e1e3 #e1e-3 #e-.5) => (1000 1/1000 -1/2)

; datum labels
'#0=(a b) => (a b)
(let ((x '#0=(a b . #0#))) (eq? x (cddr x))) => #t
(let ((x '(#0=(a) #0#))) (eq? (car x) (cadr x))) => #t
(let ((x (parse "(#0=(a) (a))"))) (eq? (car x) (cadr x))) => #f
(let ((x '#1=#(1 #1#))) (eq? x (vector-ref x 1))) => #t
(let ((x '(#0=a #1=b #0# #1#))) x) => (a b a b)
(let ((x '(#0="abc" #0#))) (eq? (car x) (cadr x))) => #t
(let ((x (parse "#0=(a b . #0#)"))) (eq? x (cddr x))) => #t
(let ((x (parse "(#0=(1) #0# #0#)"))) (list (eq? (car x) (cadr x)) (eq? (cadr x) (car (cddr x))))) => (#t #t)
(let ((x (parse "#12=(#12#)"))) (eq? x (car x))) => #t
(let ((x (parse "#0=(#1=(#0# #1#))"))) (list (eq? x (car (car x))) (eq? (car x) (cadr (car x))))) => (#t #t)
'(#0=1 . #0#) => (1 . 1)
(parse "#0#") => error
(parse "(#1# #1=a)") => error
(parse "#0=#0#") => error
