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

; empty ranges, start = end = length, and ranges that are none
(substring "abc" 3 3) => ""
(substring "" 0 0) => ""
(string-copy "" 0 0) => ""
(string-copy "abc" 3 3) => ""
(string-copy "abc" 4) => error
(string-copy "abc" 0 2.0) => error
(string-copy "abc" (expt 10 30)) => error
(string->list "abc" 3 3) => ()
(string->list "abc" 1 1) => ()
(string->list "abc" 1.0) => error
(substring "abc" 1) => error
(substring "abc" 0 2 3) => error
(string-ref "abc" (expt 10 30)) => error
(string-ref "abc" 1/2) => error
(string-set! (string #\a) (expt 10 30) #\b) => error
(make-string 2.0 #\a) => error
(make-string (expt 10 30)) => error
(string-length (make-string 3 #\x1F600)) => 3

; copies that overlap, in both directions and across widths
(let ((s (string-copy "abcdef"))) (string-copy! s 2 s 0 4) s) => "ababcd"
(let ((s (string-copy "abcdef"))) (string-copy! s 0 s 2 6) s) => "cdefef"
(let ((s (string-copy "abcdef"))) (string-copy! s 0 s 0 6) s) => "abcdef"
(let ((s (string-copy "abλdef"))) (string-copy! s 1 s 0 5) s) => "aabλde"
(let ((s (string-copy "abλdef"))) (string-copy! s 0 s 1 6) s) => "bλdeff"
(let ((s (string-copy "abc")) (t (string #\λ #\😀))) (string-copy! s 0 t 1) s) => "😀bc"
(let ((s (string-copy "λbc"))) (string-copy! s 1 "xyz" 1 3) s) => "λyz"
(let ((s (string-copy "abc"))) (string-copy! s 3 "xyz" 3) s) => "abc"
(let ((s (string-copy "abc"))) (string-copy! s 0 "xyz" 1 1) s) => "abc"
(let ((s (string-copy ""))) (string-copy! s 0 "") s) => ""
(string-copy! (string-copy "abc") 4 "" 0 0) => error
(string-copy! (string-copy "abc") 1.0 "x") => error
(string-copy! (string-copy "abc") 0 "xyz" 4) => error
(string-copy! (string-copy "abc") 2 "xyz" 0 2) => error
(let ((s (string-copy "abc"))) (guard (e (#t s)) (string-copy! s 2 "xyz"))) => "abc"
(string-copy! (string-copy "abc") 0) => error

; filling
(let ((s (string-copy "abc"))) (string-fill! s #\x1F600 1 2) (list (string-length s) s)) => (3 "a😀c")
(let ((s (string-copy "abc"))) (string-fill! s #\x 1 1) s) => "abc"
(let ((s (string-copy "abc"))) (string-fill! s #\x 3 3) s) => "abc"
(string-fill! (string-copy "abc") #\x 4) => error
(string-fill! (string-copy "abc") #\x 1.0) => error
(string-fill! (string-copy "abc")) => error

; several strings, of unequal lengths
(string-map (lambda (a b) (if (char<? a b) a b)) "adcz" "bbb") => "abb"
(string-map (lambda (a b c) b) "abc" "xy" "pqrs") => "xy"
(string-map char-upcase "") => ""
(string-map (lambda (a b) a) "abc" "") => ""
(string-map (lambda (c) #\λ) "ab") => "λλ"
(string-map (lambda (c) "a") "ab") => error
(string-map char-upcase 'a) => error
(string-map char-upcase) => error
(string-map char-upcase "a" "b") => error
(string-map car "a") => error
(let ((v '())) (string-for-each (lambda (c d) (set! v (cons (list c d) v))) "abc" "de") v) => ((#\b #\e) (#\a #\d))
(let ((v '())) (string-for-each (lambda (c) (set! v (cons (char->integer c) v))) "abcde") v) => (101 100 99 98 97)
(let ((n 0)) (string-for-each (lambda (a b c) (set! n (+ n 1))) "abcd" "ab" "abc") n) => 2
(let ((n 0)) (string-for-each (lambda (c) (set! n (+ n 1))) "") n) => 0
(string-for-each car "abc" 5) => error
(string-for-each 5 "") => error
(string->vector "λ😀" 1) => #(#\😀)
(string->vector "abc" 3) => #()
(string->vector "abc" 1 1) => #()
(string->vector "abc" 4) => error

; comparisons of what is as long, a prefix, or beyond Latin
(string<? "abc" "abd" "ac") => #t
(string<? "" "") => #f
(string<=? "" "" "a") => #t
(string>=? "b" "ab" "a" "") => #t
(string<? "a\xFF;" "a\x100;" "a\x10000;") => #t
(string>? "\xFFFF;" "\x10000;") => #f
(string=? "\x1F600;" "😀" (string (integer->char 128512))) => #t
(string=? "abc" "abcd") => #f
(string=? "" "" 5) => error
(string<? "a" "b" 5) => error
(string=?) => error
(string-ci=? "\x1E9E;" "ss" "SS" "ß") => #t
(string-ci=? "\xFB00;" "FF") => #t
(string-ci<? "abC" "aBd" "ABe") => #t
(string-ci<? "z" "Λ") => #t
(string-ci>=? "Z" "y" "Y") => #t
(string-ci=? "a" "b" 5) => error

; special mappings: several characters for one, final sigma
(string-upcase "ŉ") => "ʼN"
(string-upcase "ﬀ") => "FF"
(map char->integer (string->list (string-upcase "\x390;"))) => (921 776 769)
(string-downcase "İ") => "i̇"
(string-downcase "Σ") => "σ"
(string-downcase "ΑΣ") => "ας"
(string-downcase "ΑΣΑ") => "ασα"
(string-downcase "ΑΣ. ΑΣ") => "ας. ας"
(string-downcase "AΣ'B") => "aσ'b"
(string-foldcase "ΑΣ") => "ασ"
(string-foldcase "ẞ") => "ss"
(string-upcase "\x10428;") => "𐐀"
(string-downcase "\x10400;a") => "𐐨a"

; escapes and continuation lines
(string-length "\x0;\x10FFFF;") => 2
"a\
   b\
   c" => "abc"
(string->list "\\\"\a") => (#\\ #\" #\alarm)
"\x41;\x042;" => "AB"
(string-append "" "λ" "" "😀") => "λ😀"
(string-append "a" "b" 5 "c") => error
(list->string (list #\a #\λ #\😀)) => "aλ😀"
(list->string (let ((l (list #\a))) (set-cdr! l l) l)) => error
(string #\a "b") => error
(map char->integer (string->list (string #\x10FFFF))) => (1114111)
(string? (symbol->string 'a)) => #t
(string->number "abc") => #f
