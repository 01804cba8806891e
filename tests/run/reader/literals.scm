;; Every kind of literal.
(import (scheme base) (scheme write))

(write '(#t #false #\a #\x3bb "a\x41;\
   b" |x y| #(1 #(2)) #u8(255) 1/2 -0.5 #xff #e1.5 #i1/4 99999999999999999999 () `(a ,b ,@c) (d . e)))
(newline)
(define circle '#0=(1 2 . #0#))
(write (list (car circle) (car (cdr (cdr circle)))))
(newline)
#!fold-case
(write '(ABC |ABC|))
#!no-fold-case
(write 'ABC)
#;(ignored #;(twice)) #| nested #| comment |# |#
(newline)
;; output: (#t #f #\a #\λ "aAb" |x y| #(1 #(2)) #u8(255) 1/2 -0.5 255 3/2 0.25 99999999999999999999 () `(a ,b ,@c) (d . e))
;; output: (1 1)
;; output: (abc ABC)ABC
