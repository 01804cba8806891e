;; R7RS 6.7: strings
(import (scheme base) (scheme char))
(string? "a") => #t
(string? "") => #t
(string? 'a) => #f
(string? #\a) => #f
(string? '("a")) => #f
(string? #(#\a)) => #f
(string?) => error
(make-string 3 #\x) => "xxx"
(make-string 0 #\x) => ""
(make-string 2 #\λ) => "λλ"
(string-length (make-string 5)) => 5
(make-string 0) => ""
(make-string -1 #\a) => error
(make-string 2 "a") => error
(make-string 1.0 #\a) => error
(make-string 'a) => error
(make-string (expt 2 62) #\a) => error
(string #\a #\b) => "ab"
(string) => ""
(string #\λ) => "λ"
(string "a") => error
(string 97) => error
(string-length "abc") => 3
(string-length "") => 0
(string-length "λ漢😀") => 3
(string-length 'abc) => error
(string-ref "abc" 0) => #\a
(string-ref "abc" 2) => #\c
(string-ref "aλb" 1) => #\λ
(string-ref "abc" 3) => error
(string-ref "abc" -1) => error
(string-ref "" 0) => error
(string-ref "abc" 1.0) => error
(string-ref 'abc 0) => error
(let ((s (make-string 3 #\*))) (string-set! s 0 #\?) s) => "?**"
(let ((s (string #\a #\b))) (string-set! s 1 #\λ) s) => "aλ"
(let ((s (string #\a #\b))) (string-set! s 1 #\😀) (list (string-length s) (string-ref s 1) (string-ref s 0))) => (2 #\😀 #\a)
(let ((s (string #\λ #\b))) (string-set! s 0 #\a) s) => "ab"
(string-set! (string #\a) 1 #\b) => error
(string-set! (string #\a) -1 #\b) => error
(string-set! (string #\a) 0 "b") => error
(string-set! "abc" 0 #\x) => literal error
(string-set! 'abc 0 #\x) => error

; comparisons
(string=? "abc" "abc") => #t
(string=? "abc" "abd") => #f
(string=? "abc" "ab") => #f
(string=? "" "") => #t
(string=? "a" "a" "a") => #t
(string=? "a" "a" "b") => #f
(string=? "abc" "ABC") => #f
(string=? "aλ" (string #\a #\λ)) => #t
(string<? "a" "b") => #t
(string<? "a" "ab") => #t
(string<? "" "a") => #t
(string<? "ab" "a") => #f
(string<? "b" "a") => #f
(string<? "a" "a") => #f
(string<? "a" "b" "c") => #t
(string<? "a" "c" "b") => #f
(string<? "A" "a") => #t
(string<? "z" "λ") => #t
(string>? "b" "a") => #t
(string>? "a" "b") => #f
(string>? "ab" "a") => #t
(string>? "c" "b" "a") => #t
(string>? "c" "b" "b") => #f
(string<=? "a" "a") => #t
(string<=? "a" "b" "b") => #t
(string<=? "b" "a") => #f
(string>=? "a" "a") => #t
(string>=? "b" "b" "a") => #t
(string>=? "a" "b") => #f
(string=? "a" 'a) => error
(string=? "a" "b" 'c) => error
(string<? "a" 1) => error
(string<? "b" "a" 1) => error
(string>? 1 "a") => error
(string<=? "a" #\a) => error
(string>=? #\a "a") => error
(string-ci=? "abc" "ABC") => #t
(string-ci=? "abc" "ABD") => #f
(string-ci=? "a" "A" "a") => #t
(string-ci=? "Straße" "STRASSE") => #t
(string-ci=? "ΑΣ" "ας") => #t
(string-ci=? "ΑΣ" "ασ") => #t
(string-ci<? "a" "B") => #t
(string-ci<? "B" "a") => #f
(string-ci<? "a" "B" "c") => #t
(string-ci>? "B" "a") => #t
(string-ci>? "a" "B") => #f
(string-ci<=? "a" "A" "b") => #t
(string-ci<=? "b" "A") => #f
(string-ci>=? "B" "b" "a") => #t
(string-ci>=? "a" "B") => #f
(string-ci=? "a" 'a) => error
(string-ci<? 1 "a") => error

; case conversion
(string-upcase "abc") => "ABC"
(string-upcase "Hello, World 1") => "HELLO, WORLD 1"
(string-upcase "") => ""
(string-upcase "Straße") => "STRASSE"
(string-upcase "λ") => "Λ"
(string-downcase "ABC") => "abc"
(string-downcase "ΧΑΟΣ") => "χαος"
(string-downcase "ΧΑΟΣΣ") => "χαοσς"
(string-downcase "ΧΑΟΣ Σ") => "χαος σ"
(string-downcase "ÄÖÜ") => "äöü"
(string-foldcase "ABC") => "abc"
(string-foldcase "Straße") => "strasse"
(string-foldcase "ΧΑΟΣ") => "χαοσ"
(let ((s (string #\a))) (eq? s (string-upcase s))) => #f
(string-upcase 'a) => error
(string-downcase 1) => error
(string-foldcase #\a) => error

; substring, string-append
(substring "abcdef" 1 3) => "bc"
(substring "abc" 0 3) => "abc"
(substring "abc" 1 1) => ""
(substring "aλbc" 1 3) => "λb"
(substring "abc" 2 1) => error
(substring "abc" 0 4) => error
(substring "abc" -1 2) => error
(substring 'abc 0 1) => error
(substring "abc" 1.0 2) => error
(string-append "foo" "bar") => "foobar"
(string-append) => ""
(string-append "a") => "a"
(string-append "a" "" "b" "c") => "abc"
(string-append "a" "λ") => "aλ"
(let ((s (string #\a))) (eq? s (string-append s))) => #f
(string-append "a" 'b) => error
(string-append #\a) => error

; lists and vectors
(string->list "abc") => (#\a #\b #\c)
(string->list "abc" 1) => (#\b #\c)
(string->list "abc" 1 2) => (#\b)
(string->list "") => ()
(string->list "abc" 3) => ()
(string->list "abc" 2 1) => error
(string->list "abc" 0 4) => error
(string->list "abc" 4) => error
(string->list '(#\a)) => error
(list->string '(#\a #\b)) => "ab"
(list->string '()) => ""
(list->string '(#\λ #\a)) => "λa"
(list->string '(#\a . #\b)) => error
(list->string '(1)) => error
(list->string "a") => error
(string->list (list->string '(#\x #\y))) => (#\x #\y)

; string-copy
(string-copy "abc") => "abc"
(string-copy "abc" 1) => "bc"
(string-copy "abc" 1 2) => "b"
(string-copy "abc" 3) => ""
(let* ((a "hello") (b (string-copy a))) (string-set! b 0 #\j) (list a b)) => ("hello" "jello")
(string-copy "abc" 2 1) => error
(string-copy "abc" 0 4) => error
(string-copy 'abc) => error

; string-copy!
(let ((a "12345") (b (string-copy "abcde"))) (string-copy! b 1 a 0 2) b) => "a12de"
(let ((s (string-copy "abcde"))) (string-copy! s 0 "xy") s) => "xycde"
(let ((s (string-copy "abcde"))) (string-copy! s 2 "wxyz" 2) s) => "abyze"
(let ((s (string-copy "abcde"))) (string-copy! s 1 s 0 3) s) => "aabce"
(let ((s (string-copy "abcde"))) (string-copy! s 0 s 2) s) => "cdede"
(let ((s (string-copy "abc"))) (string-copy! s 1 "λ") s) => "aλc"
(let ((s (string-copy "aλc"))) (string-copy! s 0 s 1) s) => "λcc"
(let ((s (string-copy "abc"))) (string-copy! s 3 "") s) => "abc"
(string-copy! (string-copy "ab") 1 "xy") => error
(string-copy! (string-copy "ab") 3 "") => error
(string-copy! (string-copy "ab") -1 "x") => error
(string-copy! (string-copy "ab") 0 "xy" 1 3) => error
(string-copy! (string-copy "ab") 0 "xy" 2 1) => error
(string-copy! "abc" 0 "x") => literal error
(string-copy! (string-copy "ab") 0 'x) => error

; string-fill!
(let ((s (make-string 3 #\a))) (string-fill! s #\b) s) => "bbb"
(let ((s (string-copy "abcde"))) (string-fill! s #\x 1 3) s) => "axxde"
(let ((s (string-copy "abcde"))) (string-fill! s #\x 3) s) => "abcxx"
(let ((s (string-copy "abc"))) (string-fill! s #\λ 1 2) s) => "aλc"
(let ((s (string-copy "abc"))) (string-fill! s #\x 3) s) => "abc"
(string-fill! (string-copy "abc") #\x 0 4) => error
(string-fill! (string-copy "abc") #\x 2 1) => error
(string-fill! (string-copy "abc") "x") => error
(string-fill! "abc" #\x) => literal error

; string-map, string-for-each, string->vector, string-count of chars: 6.10 has more
(string-map char-foldcase "AbdEgH") => "abdegh"
(string-map (lambda (c) (integer->char (+ 1 (char->integer c)))) "HAL") => "IBM"
(string-map (lambda (c k) ((if (eqv? k #\u) char-upcase char-downcase) c)) "studlycaps xxx" "ululululul") => "StUdLyCaPs"

; widths
(let ((s (make-string 3 #\a))) (string-set! s 1 #\xFF) s) => "aÿa"
(let ((s (make-string 3 #\a))) (string-set! s 1 #\x100) s) => "aĀa"
(let ((s (make-string 2 #\x10FFFF))) (char->integer (string-ref s 1))) => 1114111
(equal? (string #\a #\b) (let ((s (string #\a #\λ))) (string-set! s 1 #\b) s)) => #t
(string=? "ab" (let ((s (string #\a #\λ))) (string-set! s 1 #\b) s)) => #t
(eq? 'ab (string->symbol (let ((s (string #\a #\λ))) (string-set! s 1 #\b) s))) => #t
