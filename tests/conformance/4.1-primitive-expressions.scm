;; R7RS 4.1: variable references, literals, calls, lambda, if, set!, include
(import (scheme base))

; variable references
(define x 28)
x => 28
(begin (set! x 29) x) => 29
no-such-variable => syntax error
(no-such-procedure 1) => syntax error

; literals
(quote a) => a
(quote #(a b c)) => #(a b c)
(quote (+ 1 2)) => (+ 1 2)
'a => a
'#(a b c) => #(a b c)
'() => ()
'(+ 1 2) => (+ 1 2)
'(quote a) => 'a
''a => 'a
'145932 => 145932
145932 => 145932
'"abc" => "abc"
"abc" => "abc"
'#\a => #\a
#\a => #\a
'#(a 10) => #(a 10)
#(a 10) => #(a 10)
'#u8(64 65) => #u8(64 65)
#u8(64 65) => #u8(64 65)
'#t => #t
#t => #t
'1.5 => 1.5
(quote) => syntax error
(quote a b) => syntax error
(quote . a) => syntax error
() => syntax error
(let ((f (lambda () '(1 2)))) (eq? (f) (f))) => #t
(vector-set! #(1 2 3) 0 4) => literal error
(string-set! "abc" 0 #\x) => literal error
(set-car! '(1 2) 3) => literal error
(set-cdr! '(1 2) 3) => literal error
(bytevector-u8-set! #u8(1 2) 0 3) => literal error
(vector-set! '#(1 2 3) 0 4) => literal error
(string-set! (symbol->string 'abc) 0 #\x) => error

; procedure calls
(+ 3 4) => 7
((if #f + *) 3 4) => 12
((lambda (x) (+ x x)) 4) => 8
(((lambda (x) (lambda (y) (- x y))) 10) 3) => 7
((car (list car cdr)) '(1 2)) => 1
((lambda () 5)) => 5
(5) => error
(5 6) => error
("abc" 0) => error
('car '(1)) => error
((list car) '(1)) => error
(#t) => error
((lambda (x) x)) => error
((lambda (x) x) 1 2) => error
((lambda (x . y) x)) => error
((lambda (x y . z) x) 1) => error
(+ . (1 2)) => 3
(+ 1 . (2)) => 3
(+ 1 . 2) => syntax error
(let ((order '()))
  ((begin (set! order (cons 'operator order)) list) (begin (set! order (cons 'operand order)) 1))
  (length order)) => 2

; lambda
(procedure? (lambda (x) (+ x x))) => #t
((lambda (x) (+ x x)) 4) => 8
(define reverse-subtract (lambda (x y) (- y x)))
(reverse-subtract 7 10) => 3
(define add4 (let ((x 4)) (lambda (y) (+ x y))))
(add4 6) => 10
((lambda x x) 3 4 5 6) => (3 4 5 6)
((lambda x x)) => ()
((lambda (x y . z) z) 3 4 5 6) => (5 6)
((lambda (x y . z) z) 3 4) => ()
((lambda (x y . z) (list x y z)) 3 4 5) => (3 4 (5))
((lambda args (set-car! args 9) args) 1 2) => (9 2)
(let ((l (list 1 2 3))) (eq? l (apply (lambda x x) l))) => #f
((lambda (x) (define y (* x x)) (+ x y)) 3) => 12
((lambda (x) 1 2 x) 3) => 3
((lambda (x) (begin) x) 3) => 3
((lambda (a b c d e f g h i j) (list a b c d e f g h i j)) 1 2 3 4 5 6 7 8 9 10) => (1 2 3 4 5 6 7 8 9 10)
((lambda (a b c d e f g h . i) (list a h i)) 1 2 3 4 5 6 7 8 9 10) => (1 8 (9 10))
((lambda (lambda) lambda) 1) => 1
((lambda (if) (if 1)) list) => (1)
(let ((f (lambda (x) (lambda () x)))) (eq? (f 1) (f 2))) => #f
(lambda) => syntax error
(lambda (x)) => syntax error
(lambda (x x) x) => syntax error
(lambda (x . x) x) => syntax error
(lambda (1) 1) => syntax error
(lambda (x 2 . y) x) => syntax error
(lambda "x" x) => syntax error
(lambda (x) (define y 1)) => syntax error
(lambda (x . "y") x) => syntax error

; if
(if (> 3 2) 'yes 'no) => yes
(if (> 2 3) 'yes 'no) => no
(if (> 3 2) (- 3 2) (+ 3 2)) => 1
(if #f 1 2) => 2
(if '() 1 2) => 1
(if 0 1 2) => 1
(if "" 1 2) => 1
(if 'nil 1 2) => 1
(if 0.0 1 2) => 1
(if #() 1 2) => 1
(if (if #f #f) 1 2) => 1
(if #\null 1 2) => 1
(let ((n 0)) (if #t (set! n (+ n 1)) (set! n (+ n 10))) n) => 1
(let ((n 0)) (if #f (set! n 1)) n) => 0
(if #t 1) => 1
(if (not #t) 1 2) => 2
(if (and #t #f) 1 2) => 2
(if (let ((x #f)) x) 1 2) => 2
(if) => syntax error
(if 1) => syntax error
(if 1 2 3 4) => syntax error
(if 1 . 2) => syntax error

; assignment
(define y 2)
(+ y 1) => 3
(begin (set! y 4) (+ y 1)) => 5
(let ((z 1)) (set! z (+ z 1)) (set! z (* z 5)) z) => 10
(let ((n 0)) (define (inc) (set! n (+ n 1)) n) (inc) (inc) (inc)) => 3
((lambda (x) (set! x (cons x x)) x) 1) => (1 . 1)
((lambda x (set! x (cdr x)) x) 1 2) => (2)
(let ((f #f)) (set! f (lambda (n) (if (= n 0) 1 (* n (f (- n 1)))))) (f 5)) => 120
(let ((get #f) (put #f))
  (let ((v 1)) (set! get (lambda () v)) (set! put (lambda (n) (set! v n))))
  (put 7)
  (get)) => 7
(set! undefined-before-this 1) => syntax error
(set! x) => syntax error
(set! x 1 2) => syntax error
(set! 5 1) => syntax error
(set! "x" 1) => syntax error
(set! (car y) 1) => syntax error
(set! if 1) => syntax error
