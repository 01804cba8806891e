;; R7RS 6.8: vectors
(import (scheme base) (scheme inexact))
(vector? #(1 2)) => #t
(vector? #()) => #t
(vector? '(1 2)) => #f
(vector? "ab") => #f
(vector? #u8(1)) => #f
(vector? (make-vector 1)) => #t
(vector?) => error
(make-vector 3 'a) => #(a a a)
(make-vector 0 'a) => #()
(make-vector 0) => #()
(vector-length (make-vector 5)) => 5
(let ((v (make-vector 2 (list 1)))) (eq? (vector-ref v 0) (vector-ref v 1))) => #t
(make-vector -1) => error
(make-vector 'a) => error
(make-vector 1.0) => error
(make-vector (expt 2 70)) => error
(make-vector (expt 2 60)) => error
(vector 'a 'b 'c) => #(a b c)
(vector) => #()
(vector 1 '(2) "3" #\4) => #(1 (2) "3" #\4)
(vector-length #(1 2 3)) => 3
(vector-length #()) => 0
(vector-length '(1)) => error
(vector-length "abc") => error
(vector-ref #(1 1 2 3 5 8 13 21) 5) => 8
(vector-ref #(1 1 2 3 5 8 13 21) (exact (round (* 2 (acos -1))))) => 13
(vector-ref #(a) 0) => a
(vector-ref #(a b) 2) => error
(vector-ref #(a b) -1) => error
(vector-ref #(a b) 1.0) => error
(vector-ref #(a b) 'x) => error
(vector-ref #() 0) => error
(vector-ref '(a) 0) => error
(vector-ref #(a b) (expt 2 64)) => error
(let ((vec (vector 0 '(2 2 2 2) "Anna"))) (vector-set! vec 1 '("Sue" "Sue")) vec) => #(0 ("Sue" "Sue") "Anna")
(vector-set! #(0 1 2) 1 "doe") => literal error
(vector-set! (vector 1) 1 2) => error
(vector-set! (vector 1) -1 2) => error
(vector-set! '(1) 0 2) => error
(vector-set! (vector 1) 0) => error

; vector->list, list->vector
(vector->list #(dah dah didah)) => (dah dah didah)
(vector->list #(dah dah didah) 1) => (dah didah)
(vector->list #(dah dah didah) 1 2) => (dah)
(vector->list #(dah dah didah) 0 0) => ()
(vector->list #(1 2 3) 3) => ()
(vector->list #()) => ()
(vector->list #(1 2 3) 2 1) => error
(vector->list #(1 2 3) 0 4) => error
(vector->list #(1 2 3) -1) => error
(vector->list #(1 2 3) 4) => error
(vector->list '(1)) => error
(list->vector '(dididit dah)) => #(dididit dah)
(list->vector '()) => #()
(list->vector '(1 . 2)) => error
(list->vector 5) => error
(let ((l (list 1 2))) (set-cdr! (cdr l) l) (list->vector l)) => error

; vector->string, string->vector
(string->vector "ABC") => #(#\A #\B #\C)
(string->vector "ABCDE" 1) => #(#\B #\C #\D #\E)
(string->vector "ABCDE" 1 3) => #(#\B #\C)
(string->vector "") => #()
(string->vector "aλ") => #(#\a #\λ)
(string->vector "abc" 2 1) => error
(string->vector "abc" 0 4) => error
(string->vector 'abc) => error
(vector->string #(#\1 #\2 #\3)) => "123"
(vector->string #(#\1 #\2 #\3) 1) => "23"
(vector->string #(#\1 #\2 #\3) 1 2) => "2"
(vector->string #()) => ""
(vector->string #(#\a #\λ)) => "aλ"
(vector->string #(1 2)) => error
(vector->string #(#\a 2) 0 1) => "a"
(vector->string #(#\a) 0 2) => error
(vector->string "a") => error

; vector-copy
(define a #(1 8 2 8))
(define b (vector-copy a))
(begin (vector-set! b 0 3) b) => #(3 8 2 8)
a => #(1 8 2 8)
(vector-copy b 1 3) => #(8 2)
(vector-copy b 1) => #(8 2 8)
(vector-copy b 4) => #()
(vector-copy b 2 2) => #()
(vector-copy #()) => #()
(eq? b (vector-copy b)) => #f
(vector-copy #(1 2) 3) => error
(vector-copy #(1 2) 0 3) => error
(vector-copy #(1 2) 2 1) => error
(vector-copy #(1 2) -1) => error
(vector-copy '(1)) => error

; vector-copy!
(let ((a (vector 1 2 3 4 5)) (b (vector 10 20 30 40 50))) (vector-copy! b 1 a 0 2) b) => #(10 1 2 40 50)
(let ((a (vector 1 2 3 4 5))) (vector-copy! a 0 #(a b)) a) => #(a b 3 4 5)
(let ((a (vector 1 2 3 4 5))) (vector-copy! a 3 #(a b c) 1) a) => #(1 2 3 b c)
(let ((a (vector 1 2 3 4 5))) (vector-copy! a 1 a 0 3) a) => #(1 1 2 3 5)
(let ((a (vector 1 2 3 4 5))) (vector-copy! a 0 a 2 5) a) => #(3 4 5 4 5)
(let ((a (vector 1 2 3))) (vector-copy! a 3 #()) a) => #(1 2 3)
(let ((a (vector 1 2 3))) (vector-copy! a 0 #(9 9) 2) a) => #(1 2 3)
(vector-copy! (vector 1 2) 1 #(a b)) => error
(vector-copy! (vector 1 2) 3 #()) => error
(vector-copy! (vector 1 2) -1 #(a)) => error
(vector-copy! (vector 1 2) 0 #(a) 0 2) => error
(vector-copy! (vector 1 2) 0 #(a) 2) => error
(vector-copy! (vector 1 2) 0 '(a)) => error
(vector-copy! '(1) 0 #(a)) => error
(vector-copy! #(1 2) 0 #(a)) => literal error

; vector-append, vector-fill!
(vector-append #(a b c) #(d e f)) => #(a b c d e f)
(vector-append) => #()
(vector-append #(1)) => #(1)
(vector-append #(1) #() #(2 3) #(4)) => #(1 2 3 4)
(let ((v (vector 1))) (eq? v (vector-append v))) => #f
(vector-append #(1) '(2)) => error
(vector-append 5) => error
(let ((a (vector 1 2 3 4 5))) (vector-fill! a 'smash 2 4) a) => #(1 2 smash smash 5)
(let ((a (vector 1 2 3))) (vector-fill! a 0) a) => #(0 0 0)
(let ((a (vector 1 2 3))) (vector-fill! a 0 1) a) => #(1 0 0)
(let ((a (vector 1 2 3))) (vector-fill! a 0 3) a) => #(1 2 3)
(vector-fill! (vector 1 2) 0 3) => error
(vector-fill! (vector 1 2) 0 1 3) => error
(vector-fill! (vector 1 2) 0 2 1) => error
(vector-fill! '(1) 0) => error
(vector-fill! #(1 2) 0) => literal error

; empty ranges, start = end = length, overlap, and indices that are none
(vector-copy #(1 2 3) 3 3) => #()
(vector-copy #(1 2 3) 1 1) => #()
(vector-copy #(1 2 3) 1.0) => error
(vector-copy #(1 2 3) 0 (expt 10 30)) => error
(vector->list #(1 2 3) 3 3) => ()
(vector->list #(1 2 3) 1.0) => error
(vector->list #(1 2 3) 0 2 3) => error
(vector-fill! (vector 1 2) 0 2.0) => error
(let ((v (vector 1 2 3))) (vector-fill! v 0 3 3) v) => #(1 2 3)
(let ((v (vector 1 2 3))) (vector-fill! v 0 1 1) v) => #(1 2 3)
(vector-fill! (vector 1 2)) => error
(let ((v (vector 1 2 3 4 5 6))) (vector-copy! v 2 v 0 4) v) => #(1 2 1 2 3 4)
(let ((v (vector 1 2 3 4 5 6))) (vector-copy! v 0 v 2 6) v) => #(3 4 5 6 5 6)
(let ((v (vector 1 2 3))) (vector-copy! v 0 v) v) => #(1 2 3)
(let ((v (vector 1 2 3))) (vector-copy! v 3 #(9) 1 1) v) => #(1 2 3)
(let ((v (vector 1 2 3))) (vector-copy! v 0 #(9 9 9) 3 3) v) => #(1 2 3)
(vector-copy! (vector 1 2 3) 4 #()) => error
(vector-copy! (vector 1 2 3) 1.0 #(9)) => error
(vector-copy! (vector 1 2 3) 0 #(9) 1 0) => error
(vector-copy! (vector 1 2 3) 2 #(8 9)) => error
(let ((v (vector 1 2 3))) (guard (e (#t v)) (vector-copy! v 2 #(8 9)))) => #(1 2 3)
(vector-ref #(1 2) 1/2) => error
(vector-ref #(1 2) (- (expt 10 30))) => error
(vector-set! (vector 1 2) 2.0 'x) => error
(vector-set! (vector 1 2) (expt 10 30) 'x) => error
(make-vector 2 'a 'b) => error
(vector-ref (make-vector 100000 'a) 99999) => a
(vector-append #(1 2) #() #(3)) => #(1 2 3)
(vector-append #() #()) => #()
(vector-append #(1) "a") => error
(let ((v (vector 1))) (let ((w (vector-append v #(2)))) (vector-set! w 0 9) v)) => #(1)
(list->vector '(1 . 2)) => error
(list->vector '#0=(1 . #0#)) => error
(vector->string #(#\a #\b #\c) 3) => ""
(vector->string #(#\a #\b #\c) 1 1) => ""
(vector->string #(1 #\b) 1) => "b"
(vector->string #(#\a 1) 1) => error
(vector->string #(#\a) 1 0) => error
(vector->string #(#\λ #\😀)) => "λ😀"
(string->vector "" 0 0) => #()

; several vectors, of unequal lengths
(vector-map + #(1 2 3) #(10 20)) => #(11 22)
(vector-map list #(a b c) #(1 2 3) #(x y)) => #((a 1 x) (b 2 y))
(vector-map + #()) => #()
(vector-map + #() #(1)) => #()
(vector-map cadr '#((a b) (d e) (g h))) => #(b e h)
(vector-map (lambda (n) (expt n n)) #(1 2 3 4 5)) => #(1 4 27 256 3125)
(vector-map + #(1 2) '(1 2)) => error
(vector-map 5 #()) => error
(vector-map +) => error
(vector-map car #(1)) => error
(let ((v (make-vector 5))) (for-each (lambda (i) (vector-set! v i (* i i))) '(0 1 2 3 4)) v) => #(0 1 4 9 16)
(let ((l '())) (vector-for-each (lambda (a b) (set! l (cons (* a b) l))) #(1 2 3) #(4 5)) l) => (10 4)
(let ((l '())) (vector-for-each (lambda (x) (set! l (cons x l))) #()) l) => ()
(vector-for-each + '(1)) => error
(vector-for-each 5 #(1)) => error
(let ((v (vector 1 2 3))) (eq? v (vector-map (lambda (x) x) v))) => #f
(let ((v (vector 1 2 3))) (vector-map (lambda (x) (vector-set! v 0 9) x) v)) => #(1 2 3)

; vector constants need no quote, and are read with every kind of element
#(a #(b) "c" #\d 1.5 ()) => #(a #(b) "c" #\d 1.5 ())
(vector-length #(1 #;2 3)) => 2
(vector-ref '#(a #0=(b) #0#) 2) => (b)
