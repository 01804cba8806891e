;; output: 93326215443944152681699238856266700490715968264381621468592963895217599993229915608941463976156518286253697920827223758251185210916864000000000000000000000000
;; output: 1/3
;; output: 0.1
;; output: 1152921504606846976
;; output: -1152921504606846977
;; output: (3 -4 -3 3 -1 -1)
;; output: (2 1/2 1.4142135623730951 16)
;; value: (+inf.0 -inf.0 +nan.0 -0.0 1e100 1e-7)
(import (scheme base) (scheme write) (scheme inexact))
(define (show x) (write x) (newline))
(define (factorial n) (if (= n 0) 1 (* n (factorial (- n 1)))))
(show (factorial 100))
(show (/ 2 6))
(show (/ 1 10.))
(show (+ 1152921504606846975 1))
(show (- -1152921504606846976 1))
(show (list (floor-quotient 7 2) (floor-quotient 7 -2) (truncate-quotient 7 -2) (truncate-quotient 7 2) (floor-remainder 7 -2 ) (truncate-remainder -7 2)))
(show (list (sqrt 4) (sqrt 1/4) (sqrt 2) (expt 2 4)))
(list (/ 1. 0.) (/ -1. 0.) (- (/ 1. 0.) (/ 1. 0.)) (- 0.0) 1e100 1e-7)
