;; Data from a port: fresh, one at a time, with what follows left there.
(import (scheme base) (scheme read) (scheme write))

(define port (open-input-string "(1 . 2)x #0=(a . #0#) #\\space \"a\\nb\" #u8(1 2) ,@y"))
(define pair (read port))
(set-car! pair 'changed)
(define next (read-char port))
(define circle (read port))
(write (list pair next (car (cdr (cdr circle))) (read port) (read port) (read port) (read port) (eof-object? (read port))))
(newline)
(write (guard (e ((read-error? e) 'read-error)) (read (open-input-string "(1 . )"))))
(newline)
;; output: ((changed . 2) #\x a #\space "a\nb" #u8(1 2) ,@y #t)
;; output: read-error
