;; R7RS 6.6: characters
(import (scheme base) (scheme char))
(char? #\a) => #t
(char? "a") => #f
(char? 'a) => #f
(char? 97) => #f
(char? #\space) => #t
(char?) => error
(char=? #\a #\a) => #t
(char=? #\a #\b) => #f
(char=? #\a #\A) => #f
(char=? #\a #\a #\a) => #t
(char=? #\a #\a #\b) => #f
(char=? #\λ #\x3bb) => #t
(char<? #\a #\b) => #t
(char<? #\b #\a) => #f
(char<? #\a #\a) => #f
(char<? #\a #\b #\c) => #t
(char<? #\a #\c #\b) => #f
(char<? #\A #\B) => #t
(char<? #\0 #\9) => #t
(char<? #\Z #\a) => #t
(char>? #\b #\a) => #t
(char>? #\a #\b) => #f
(char>? #\c #\b #\a) => #t
(char>? #\c #\a #\b) => #f
(char<=? #\a #\a) => #t
(char<=? #\a #\b #\b) => #t
(char<=? #\b #\a) => #f
(char<=? #\a #\b #\a) => #f
(char>=? #\b #\b #\a) => #t
(char>=? #\a #\b) => #f
(char=? #\a 97) => error
(char<? #\a "b") => error
(char<? #\b #\a 5) => error
(char>? 'a #\b) => error
(char<=? #\a 1) => error
(char>=? 1 #\a) => error

; case-insensitive
(char-ci=? #\a #\A) => #t
(char-ci=? #\A #\a #\A) => #t
(char-ci=? #\a #\b) => #f
(char-ci=? #\Σ #\σ) => #t
(char-ci=? #\ς #\σ) => #t
(char-ci<? #\a #\B) => #t
(char-ci<? #\A #\b #\C) => #t
(char-ci<? #\B #\a) => #f
(char-ci>? #\B #\a) => #t
(char-ci>? #\a #\B) => #f
(char-ci<=? #\a #\A #\b) => #t
(char-ci<=? #\b #\A) => #f
(char-ci>=? #\B #\b #\A) => #t
(char-ci>=? #\a #\B) => #f
(char-ci=? #\a 1) => error
(char-ci<? 1 #\a) => error

; classes
(char-alphabetic? #\a) => #t
(char-alphabetic? #\Z) => #t
(char-alphabetic? #\λ) => #t
(char-alphabetic? #\é) => #t
(char-alphabetic? #\1) => #f
(char-alphabetic? #\space) => #f
(char-alphabetic? #\-) => #f
(char-alphabetic? #\漢) => #t
(char-numeric? #\0) => #t
(char-numeric? #\9) => #t
(char-numeric? #\a) => #f
(char-numeric? #\x0664) => #t
(char-numeric? #\x0966) => #t
(char-numeric? #\space) => #f
(char-whitespace? #\space) => #t
(char-whitespace? #\tab) => #t
(char-whitespace? #\newline) => #t
(char-whitespace? #\return) => #t
(char-whitespace? #\x00A0) => #t
(char-whitespace? #\x3000) => #t
(char-whitespace? #\a) => #f
(char-whitespace? #\_) => #f
(char-upper-case? #\A) => #t
(char-upper-case? #\a) => #f
(char-upper-case? #\1) => #f
(char-upper-case? #\Σ) => #t
(char-lower-case? #\a) => #t
(char-lower-case? #\A) => #f
(char-lower-case? #\1) => #f
(char-lower-case? #\σ) => #t
(char-lower-case? #\ß) => #t
(char-alphabetic? 1) => error
(char-numeric? "1") => error
(char-whitespace? 'a) => error
(char-upper-case? 1) => error
(char-lower-case? 1) => error

; digit-value
(digit-value #\0) => 0
(digit-value #\3) => 3
(digit-value #\9) => 9
(digit-value #\x0664) => 4
(digit-value #\x0AE6) => 0
(digit-value #\x0EA6) => #f
(digit-value #\a) => #f
(digit-value #\space) => #f
(digit-value #\x0966) => 0
(digit-value #\xFF15) => 5
(digit-value 5) => error

; integers
(char->integer #\A) => 65
(char->integer #\newline) => 10
(char->integer #\x10FFFF) => 1114111
(integer->char 65) => #\A
(integer->char 955) => #\λ
(integer->char 0) => #\null
(integer->char (char->integer #\z)) => #\z
(integer->char #xD800) => error
(integer->char #xDFFF) => error
(integer->char #x110000) => error
(integer->char -1) => error
(integer->char 1.0) => error
(integer->char 'a) => error
(char->integer 65) => error
(char->integer "A") => error

; case conversion
(char-upcase #\a) => #\A
(char-upcase #\A) => #\A
(char-upcase #\1) => #\1
(char-upcase #\i) => #\I
(char-upcase #\σ) => #\Σ
(char-upcase #\ς) => #\Σ
(char-upcase #\ß) => #\ß
(char-upcase #\é) => #\É
(char-downcase #\A) => #\a
(char-downcase #\a) => #\a
(char-downcase #\Σ) => #\σ
(char-downcase #\É) => #\é
(char-downcase #\1) => #\1
(char-foldcase #\A) => #\a
(char-foldcase #\Σ) => #\σ
(char-foldcase #\ς) => #\σ
(char-foldcase #\1) => #\1
(char-upcase 1) => error
(char-downcase "A") => error
(char-foldcase 'a) => error

; external representations
#\a => #\a
#\space => #\space
#\newline => #\newline
#\tab => #\tab
#\null => #\null
#\alarm => #\alarm
#\backspace => #\backspace
#\delete => #\delete
#\escape => #\escape
#\return => #\return
#\( => #\(
#\x1 => #\x1
#\x7f => #\delete

; beyond the Basic Multilingual Plane
(char->integer #\x1F600) => 128512
(integer->char 128512) => #\😀
(char<? #\xFFFF #\x10000) => #t
(char>? #\x10FFFF #\a #\A) => #t
(char->integer (char-upcase #\x10428)) => 66560
(char->integer (char-downcase #\x10400)) => 66600
(char-alphabetic? #\x10400) => #t
(char-upper-case? #\x10400) => #t
(char-lower-case? #\x10428) => #t
(digit-value #\x1D7D9) => 1
(char-numeric? #\x1D7D9) => #t
(char-numeric? #\x00BC) => #f
(digit-value #\x00B2) => #f
(digit-value #\x2460) => #f
(integer->char (expt 10 30)) => error
(integer->char 1/2) => error
(map (lambda (n) (char->integer (integer->char n))) '(#xD7FF #xE000 #x10FFFF)) => (55295 57344 1114111)

; letters without a simple counterpart stay
(char-upcase #\ŉ) => #\ŉ
(char-upcase #\ﬀ) => #\ﬀ
(char-upcase #\ı) => #\I
(char-downcase #\İ) => #\i
(char-foldcase #\ẞ) => #\ß
(char-upcase #\ǅ) => #\Ǆ
(char-downcase #\ǅ) => #\ǆ
(char-upper-case? #\ǅ) => #f
(char-lower-case? #\ǅ) => #f
(char-alphabetic? #\ǅ) => #t
(char-lower-case? #\ª) => #t
(char-upper-case? #\Ⅷ) => #t
(char-alphabetic? #\x0301) => #f
(char-whitespace? #\x2028) => #t
(char-whitespace? #\x0085) => #t
(char-whitespace? #\x200B) => #f
(char-whitespace? #\page) => syntax error
(char-ci=? #\ẞ #\ß) => #t
(char-ci=? #\K #\x212A) => #t
(char-ci<? #\z #\Λ) => #t
(char-ci=? #\a #\A #\b) => #f
(char-ci>? #\c #\B #\a) => #t
(char-ci>=? #\c #\B #\b 'a) => error
(char<? #\a #\b #\c #\d #\d) => #f
(char<=? #\a #\b #\b #\c) => #t
(char>=? #\c #\b #\b #\c) => #f
(char=? #\a #\a 'a) => error
(char=?) => error
(char-upcase) => error
(char-upcase #\a #\b) => error

; names, and one character that looks like a hexadecimal number
#\x => #\x
#\x0 => #\null
#\x7F => #\delete
#\x000041 => #\A
#\X => #\X
#\x03BB => #\λ
#\xA0 => #\xa0
#\x301 => #\x301
(list #\x #\x41 #\a) => (#\x #\A #\a)
(vector #\space #\newline #\") => #(#\space #\newline #\")
#\Space => syntax error
#\nul => syntax error
#\xD800 => syntax error
#\x110000 => syntax error
#\ab => syntax error
