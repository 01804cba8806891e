;; R7RS 6.2: numbers. Complex numbers: 6.2-complex.scm; external representations: 6.2-representation.scm
(import (scheme base) (scheme inexact))

(define (close? a b) (< (abs (- a b)) (* 1e-12 (+ 1 (abs b)))))
(define big (expt 10 30))

; 6.2.6 predicates of kind
(number? 3) => #t
(number? 3.5) => #t
(number? 1/2) => #t
(number? +nan.0) => #t
(number? 'a) => #f
(number? "3") => #f
(number? #\3) => #f
(complex? 3) => #t
(complex? 1.5) => #t
(complex? 'a) => #f
(real? 3) => #t
(real? -2.5) => #t
(real? 1e10) => #t
(real? +inf.0) => #t
(real? -inf.0) => #t
(real? +nan.0) => #t
(real? 'a) => #f
(rational? 6/10) => #t
(rational? 6/3) => #t
(rational? 3.5) => #t
(rational? -inf.0) => #f
(rational? +inf.0) => #f
(rational? +nan.0) => #f
(rational? "1") => #f
(integer? 3) => #t
(integer? 3.0) => #t
(integer? 3.5) => #f
(integer? 8/4) => #t
(integer? 1/2) => #f
(integer? 1e300) => #t
(integer? +inf.0) => #f
(integer? +nan.0) => #f
(integer? 'a) => #f
(integer? big) => #t
(number?) => error
(exact? 3) => #t
(exact? 3.0) => #f
(exact? #e3.0) => #t
(exact? 1/2) => #t
(exact? big) => #t
(exact? 'a) => error
(inexact? 3) => #f
(inexact? 3.) => #t
(inexact? +inf.0) => #t
(inexact? 1/2) => #f
(inexact? "a") => error
(exact-integer? 32) => #t
(exact-integer? 32.0) => #f
(exact-integer? 32/5) => #f
(exact-integer? big) => #t
(finite? 3) => #t
(finite? 1/2) => #t
(finite? 1.5) => #t
(finite? +inf.0) => #f
(finite? -inf.0) => #f
(finite? +nan.0) => #f
(finite? big) => #t
(finite? 'a) => error
(infinite? 3) => #f
(infinite? +inf.0) => #t
(infinite? -inf.0) => #t
(infinite? +nan.0) => #f
(infinite? 'a) => error
(nan? +nan.0) => #t
(nan? 32) => #f
(nan? +inf.0) => #f
(nan? 1/2) => #f
(nan? 'a) => error

; comparisons
(= 1 1) => #t
(= 1 2) => #f
(= 1 1.0) => #t
(= 1/2 0.5) => #t
(= 1 1 1) => #t
(= 1 1 2) => #f
(= 1 2 1) => #f
(= 0.0 -0.0) => #t
(= +nan.0 +nan.0) => #f
(= +inf.0 +inf.0) => #t
(= big big) => #t
(= big (+ big 1)) => #f
(= (expt 2 53) (+ (expt 2. 53) 1)) => #t
(= (+ (expt 2 53) 1) (expt 2. 53)) => #f
(= 1/3 .3333333333333333) => #f
(= 1e23 (exact 1e23)) => #t
(< 1 2) => #t
(< 2 1) => #f
(< 1 1) => #f
(< 1 2 3) => #t
(< 1 3 2) => #f
(< 1 2 2) => #f
(< 1/3 1/2) => #t
(< 1/2 0.75) => #t
(< 0.5 1) => #t
(< -inf.0 0 +inf.0) => #t
(< +nan.0 1) => #f
(< 1 +nan.0) => #f
(< big (+ big 1)) => #t
(< (- big) big) => #t
(< (expt 2. 53) (+ (expt 2 53) 1)) => #t
(< -0.0 0.0) => #f
(< big +inf.0) => #t
(< -inf.0 (- big)) => #t
(> 2 1) => #t
(> 1 2) => #f
(> 3 2 1) => #t
(> 3 1 2) => #f
(> 1/2 1/3) => #t
(> big 1e29) => #t
(<= 1 1) => #t
(<= 1 2 2 3) => #t
(<= 2 1) => #f
(<= +nan.0 +nan.0) => #f
(>= 1 1) => #t
(>= 3 2 2 1) => #t
(>= 1 2) => #f
(>= 1/2 0.5) => #t
(= 1 'a) => error
(< 'a 1) => error
(< 2 1 'a) => error
(> 1 "2") => error
(<= 1 #\a) => error
(>= '() 1) => error

; zero?, positive?, negative?, odd?, even?
(zero? 0) => #t
(zero? 0.0) => #t
(zero? -0.0) => #t
(zero? 1) => #f
(zero? 1e-320) => #f
(zero? 1/2) => #f
(zero? +nan.0) => #f
(zero? 'a) => error
(positive? 1) => #t
(positive? 0) => #f
(positive? -1) => #f
(positive? 0.0) => #f
(positive? 1/2) => #t
(positive? +inf.0) => #t
(positive? +nan.0) => #f
(positive? big) => #t
(positive? 'a) => error
(negative? -1) => #t
(negative? 0) => #f
(negative? -0.0) => #f
(negative? -1/2) => #t
(negative? (- big)) => #t
(negative? -inf.0) => #t
(negative? "1") => error
(odd? 1) => #t
(odd? 2) => #f
(odd? -1) => #t
(odd? 3.0) => #t
(odd? (+ big 1)) => #t
(odd? 1.5) => error
(odd? 1/2) => error
(odd? 'a) => error
(odd? +inf.0) => error
(even? 0) => #t
(even? 2) => #t
(even? -2) => #t
(even? 1) => #f
(even? 4.0) => #t
(even? big) => #t
(even? 0.5) => error
(even? 'a) => error

; max, min
(max 3 4) => 4
(max 3.9 4) => 4.0
(max 1) => 1
(max 1 2 3 2) => 3
(max 1/2 1/3) => 1/2
(max 1 2.0 3) => 3.0
(max -1 -2) => -1
(max big 1) => 1000000000000000000000000000000
(max 1 +inf.0) => +inf.0
(min 3 4) => 3
(min 3 4.5) => 3.0
(min 1) => 1
(min 3 1 2) => 1
(min 1/2 1/3) => 1/3
(min 1 -inf.0) => -inf.0
(max 'a 1) => error
(max 1 'a) => error
(min "1") => error
(min 1 2 'a) => error
(max) => error
(min) => error

; +, *, -, /
(+ 3 4) => 7
(+ 3) => 3
(+) => 0
(+ 1 2 3 4 5) => 15
(+ 1 2.5) => 3.5
(+ 1/2 1/3) => 5/6
(+ 1/2 1/2) => 1
(+ 1/2 0.5) => 1.0
(+ 1152921504606846975 1) => 1152921504606846976
(+ -1152921504606846976 -1) => -1152921504606846977
(+ 9223372036854775807 1) => 9223372036854775808
(+ big big) => 2000000000000000000000000000000
(+ big (- big)) => 0
(+ +inf.0 -inf.0) => +nan.0
(+ +inf.0 1) => +inf.0
(+ 0.0 -0.0) => 0.0
(+ 'a 1) => error
(+ 1 'a) => error
(+ 'a) => error
(+ 1 2 "3") => error
(* 4) => 4
(*) => 1
(* 2 3 4) => 24
(* 2 0.5) => 1.0
(* 2/3 3/2) => 1
(* 2/3 3) => 2
(* 1/2 0.5) => 0.25
(* 99999999999 99999999999) => 9999999999800000000001
(* -4611686018427387904 2) => -9223372036854775808
(* big 0) => 0
(* -1 big) => -1000000000000000000000000000000
(* 4294967296 4294967296) => 18446744073709551616
(* +inf.0 -1) => -inf.0
(* -1.0 0.0) => -0.0
(* 1e200 1e200) => +inf.0
(* 'a 2) => error
(* 2 'a) => error
(* 0 'a) => error
(* 'a) => error
(- 3 4) => -1
(- 3 4 5) => -6
(- 3) => -3
(- 0.0) => -0.0
(- 1/2) => -1/2
(- 1/2 1/2) => 0
(- -1152921504606846976) => 1152921504606846976
(- 10 2.5) => 7.5
(- big 1) => 999999999999999999999999999999
(- big big) => 0
(- 0 5) => -5
(-) => error
(- 'a) => error
(- 1 'a) => error
(/ 3 4 5) => 3/20
(/ 3) => 1/3
(/ 6 3) => 2
(/ 6 4) => 3/2
(/ -6 4) => -3/2
(/ 6 -4) => -3/2
(/ 1/2 1/4) => 2
(/ 1/2) => 2
(/ 1 2.0) => 0.5
(/ 1 0.0) => +inf.0
(/ -1 0.0) => -inf.0
(/ 1 -0.0) => -inf.0
(/ 0.0 0.0) => +nan.0
(/ 0 5) => 0
(/ big (* 2 big)) => 1/2
(/ 4 -2) => -2
(/ -1152921504606846976 -1) => 1152921504606846976
(/ 0.0) => +inf.0
(/ 1 0) => error
(/ 0) => error
(/ 0 0) => error
(/ 1/2 0) => error
(/) => error
(/ 'a) => error
(/ 1 'a) => error

; abs
(abs -7) => 7
(abs 7) => 7
(abs -7.5) => 7.5
(abs -1/2) => 1/2
(abs -0.0) => 0.0
(abs -1152921504606846976) => 1152921504606846976
(abs (- big)) => 1000000000000000000000000000000
(abs -inf.0) => +inf.0
(abs 'a) => error

; integer division
(call-with-values (lambda () (floor/ 5 2)) list) => (2 1)
(call-with-values (lambda () (floor/ -5 2)) list) => (-3 1)
(call-with-values (lambda () (floor/ 5 -2)) list) => (-3 -1)
(call-with-values (lambda () (floor/ -5 -2)) list) => (2 -1)
(call-with-values (lambda () (truncate/ 5 2)) list) => (2 1)
(call-with-values (lambda () (truncate/ -5 2)) list) => (-2 -1)
(call-with-values (lambda () (truncate/ 5 -2)) list) => (-2 1)
(call-with-values (lambda () (truncate/ -5 -2)) list) => (2 -1)
(call-with-values (lambda () (truncate/ -5.0 2)) list) => (-2.0 -1.0)
(call-with-values (lambda () (floor/ -5.0 2)) list) => (-3.0 1.0)
(call-with-values (lambda () (floor/ (- big) 7)) list) => (-142857142857142857142857142858 6)
(call-with-values (lambda () (truncate/ (- big) 7)) list) => (-142857142857142857142857142857 -1)
(call-with-values (lambda () (floor/ 7 (- big))) list) => (-1 -999999999999999999999999999993)
(call-with-values (lambda () (floor/ 0 5)) list) => (0 0)
(floor/ 1 0) => error
(floor/ 1.5 1) => error
(floor/ 'a 1) => error
(truncate/ 1 0) => error
(truncate/ 1 1/2) => error
(floor-quotient 7 2) => 3
(floor-quotient -7 2) => -4
(floor-quotient 7 -2) => -4
(floor-quotient -7 -2) => 3
(floor-quotient 7.0 2) => 3.0
(floor-quotient -1152921504606846976 -1) => 1152921504606846976
(floor-quotient 1 0) => error
(floor-quotient 1.0 0) => error
(floor-quotient 1 'a) => error
(floor-remainder 7 2) => 1
(floor-remainder -7 2) => 1
(floor-remainder 7 -2) => -1
(floor-remainder -7 -2) => -1
(floor-remainder -7 2.0) => 1.0
(floor-remainder 1 0) => error
(truncate-quotient 7 2) => 3
(truncate-quotient -7 2) => -3
(truncate-quotient 7 -2) => -3
(truncate-quotient -7 -2) => 3
(truncate-quotient 1 0) => error
(truncate-remainder 7 2) => 1
(truncate-remainder -7 2) => -1
(truncate-remainder 7 -2) => 1
(truncate-remainder -7 -2) => -1
(truncate-remainder 1 0) => error
(quotient 17 5) => 3
(quotient -17 5) => -3
(quotient 17 -5) => -3
(quotient 17.0 5) => 3.0
(quotient big 3) => 333333333333333333333333333333
(quotient 5 big) => 0
(quotient -1152921504606846976 -1) => 1152921504606846976
(quotient 1 0) => error
(quotient 1.5 1) => error
(quotient 'a 1) => error
(remainder 13 4) => 1
(remainder -13 4) => -1
(remainder 13 -4) => 1
(remainder -13 -4) => -1
(remainder -13 -4.0) => -1.0
(remainder big 7) => 1
(remainder 13 0) => error
(remainder 1 0.5) => error
(modulo 13 4) => 1
(modulo -13 4) => 3
(modulo 13 -4) => -3
(modulo -13 -4) => -1
(modulo -13 4.0) => 3.0
(modulo (- big) 7) => 6
(modulo 0 5) => 0
(modulo -6 3) => 0
(modulo 13 0) => error
(modulo 1 'a) => error

; gcd, lcm
(gcd 32 -36) => 4
(gcd) => 0
(gcd 0 5) => 5
(gcd 5) => 5
(gcd -5) => 5
(gcd 12 18 27) => 3
(gcd 0 0) => 0
(gcd 32.0 -36) => 4.0
(gcd big (expt 6 20)) => 1048576
(gcd 1.5 2) => error
(gcd 'a) => error
(lcm 32 -36) => 288
(lcm 32.0 -36) => 288.0
(lcm) => 1
(lcm 5) => 5
(lcm -5) => 5
(lcm 0 5) => 0
(lcm 2 3 4) => 12
(lcm big 3) => 3000000000000000000000000000000
(lcm 1/2) => error
(lcm 'a 1) => error

; numerator, denominator
(numerator (/ 6 4)) => 3
(denominator (/ 6 4)) => 2
(denominator (inexact (/ 6 4))) => 2.0
(numerator 5) => 5
(denominator 5) => 1
(numerator 0.5) => 1.0
(denominator 0.5) => 2.0
(numerator -6/4) => -3
(denominator -6/4) => 2
(denominator 0) => 1
(denominator 0.0) => 1.0
(numerator 'a) => error
(denominator "1") => error
(numerator +inf.0) => error
(denominator +nan.0) => error

; floor, ceiling, truncate, round
(floor -4.3) => -5.0
(ceiling -4.3) => -4.0
(truncate -4.3) => -4.0
(round -4.3) => -4.0
(floor 3.5) => 3.0
(ceiling 3.5) => 4.0
(truncate 3.5) => 3.0
(round 3.5) => 4.0
(round 2.5) => 2.0
(round -2.5) => -2.0
(round -3.5) => -4.0
(round 0.5) => 0.0
(round -0.5) => -0.0
(round 1.5) => 2.0
(round 7/2) => 4
(round 5/2) => 2
(round -5/2) => -2
(round -7/2) => -4
(round 1/3) => 0
(round 2/3) => 1
(round 7) => 7
(floor 7/2) => 3
(floor -7/2) => -4
(ceiling 7/2) => 4
(ceiling -7/2) => -3
(truncate 7/2) => 3
(truncate -7/2) => -3
(floor 5) => 5
(ceiling big) => 1000000000000000000000000000000
(floor +inf.0) => +inf.0
(round -inf.0) => -inf.0
(truncate +nan.0) => +nan.0
(round 4503599627370497.5) => 4503599627370498.0
(round 0.49999999999999994) => 0.0
(floor -0.0) => -0.0
(ceiling -0.5) => -0.0
(floor 'a) => error
(ceiling "1") => error
(truncate '()) => error
(round #\a) => error

; rationalize
(rationalize (exact .3) 1/10) => 1/3
(rationalize .3 1/10) => 0.3333333333333333
(rationalize 3/10 1/10) => 1/3
(rationalize -3/10 1/10) => -1/3
(rationalize 5 1/2) => 5
(rationalize 1/2 1) => 0
(rationalize 7/3 0) => 7/3
(rationalize 22/7 1/100) => 22/7
(rationalize 314159/100000 1/100) => 22/7
(rationalize 1/10 -1/10) => 0
(rationalize .25 .0) => 0.25
(rationalize 'a 1) => error
(rationalize 1 'a) => error

; exp, log, trigonometry
(= 1 (exp 0)) => #t
(close? (exp 1) 2.718281828459045) => #t
(exp -inf.0) => 0.0
(exp +inf.0) => +inf.0
(close? (exp 1/2) 1.6487212707001282) => #t
(= 0 (log 1)) => #t
(log 1.0) => 0.0
(close? (log 2) 0.6931471805599453) => #t
(log 0.0) => -inf.0
(log +inf.0) => +inf.0
(close? (log 8 2) 3) => #t
(close? (log 100 10) 2) => #t
(close? (log big) 69.07755278982137) => #t
(close? (log (expt 10 1000)) 2302.585092994046) => #t
(close? (log 1/1000) -6.907755278982137) => #t
(= 0 (sin 0)) => #t
(sin 0.0) => 0.0
(close? (sin 1) 0.8414709848078965) => #t
(= 1 (cos 0)) => #t
(close? (cos 1) 0.5403023058681398) => #t
(= 0 (tan 0)) => #t
(close? (tan 1) 1.5574077246549023) => #t
(= 0 (asin 0)) => #t
(close? (asin 1) 1.5707963267948966) => #t
(= 0 (acos 1)) => #t
(close? (acos -1) 3.141592653589793) => #t
(= 0 (atan 0)) => #t
(close? (atan 1) 0.7853981633974483) => #t
(close? (atan +inf.0) 1.5707963267948966) => #t
(close? (atan 1 1) 0.7853981633974483) => #t
(close? (atan 1 -1) 2.356194490192345) => #t
(close? (atan -1 1) -0.7853981633974483) => #t
(close? (atan -1 -1) -2.356194490192345) => #t
(close? (atan 1 0) 1.5707963267948966) => #t
(close? (atan -1 0) -1.5707963267948966) => #t
(close? (atan 0 -1) 3.141592653589793) => #t
(= 0 (atan 0 1)) => #t
(atan 0.0 1) => 0.0
(atan -0.0 1) => -0.0
(close? (atan 0.0 -1) 3.141592653589793) => #t
(close? (atan -0.0 -1) -3.141592653589793) => #t
(atan 0.0 0.0) => 0.0
(atan -0.0 0.0) => -0.0
(close? (atan 0.0 -0.0) 3.141592653589793) => #t
(close? (atan +inf.0 +inf.0) 0.7853981633974483) => #t
(atan 1 +inf.0) => 0.0
(exp 'a) => error
(log "1") => error
(log 2 'a) => error
(sin 'a) => error
(cos 'a) => error
(tan 'a) => error
(asin 'a) => error
(acos 'a) => error
(atan 'a) => error
(atan 1 'a) => error
(atan 'a 1) => error
(sin +inf.0) => +nan.0

; square, sqrt, exact-integer-sqrt, expt
(square 42) => 1764
(square 2.0) => 4.0
(square 1/2) => 1/4
(square -3) => 9
(square big) => 1000000000000000000000000000000000000000000000000000000000000
(square 'a) => error
(sqrt 9) => 3
(sqrt 16.0) => 4.0
(sqrt 1/4) => 1/2
(sqrt 4/9) => 2/3
(sqrt 0) => 0
(sqrt 0.0) => 0.0
(sqrt -0.0) => -0.0
(close? (sqrt 2) 1.4142135623730951) => #t
(close? (sqrt 1/2) 0.7071067811865476) => #t
(sqrt (square big)) => 1000000000000000000000000000000
(close? (sqrt (* 2 big big)) 1.4142135623730951e30) => #t
(sqrt +inf.0) => +inf.0
(sqrt (expt 10 400)) => 100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
(sqrt 'a) => error
(call-with-values (lambda () (exact-integer-sqrt 4)) list) => (2 0)
(call-with-values (lambda () (exact-integer-sqrt 5)) list) => (2 1)
(call-with-values (lambda () (exact-integer-sqrt 0)) list) => (0 0)
(call-with-values (lambda () (exact-integer-sqrt 17)) list) => (4 1)
(call-with-values (lambda () (exact-integer-sqrt (- (square big) 1))) list) => (999999999999999999999999999999 1999999999999999999999999999998)
(call-with-values (lambda () (exact-integer-sqrt (expt 2 140))) list) => (1180591620717411303424 0)
(exact-integer-sqrt -1) => error
(exact-integer-sqrt 4.0) => error
(exact-integer-sqrt 1/4) => error
(exact-integer-sqrt 'a) => error
(expt 2 10) => 1024
(expt 2 100) => 1267650600228229401496703205376
(expt 2 0) => 1
(expt 0 0) => 1
(= 0 (expt 0 1)) => #t
(expt 0 5) => 0
(expt 2 -2) => 1/4
(expt 1/2 3) => 1/8
(expt 1/2 -3) => 8
(expt 2/3 2) => 4/9
(expt -2 3) => -8
(expt -1 1000001) => -1
(expt 2.0 3) => 8.0
(expt 2 0.5) => 1.4142135623730951
(= 2 (expt 4 1/2)) => #t
(expt 2. -1) => 0.5
(expt 0. 2) => 0.0
(= 0 (expt 0 1/2)) => #t
(expt 1 big) => 1
(expt -1 big) => 1
(expt 0 big) => 0
(expt 1.0 big) => 1.0
(expt +inf.0 2) => +inf.0
(expt 0.0 -1) => +inf.0
(expt 0 -1) => error
(expt 2 (expt 2 70)) => error
(expt 'a 2) => error
(expt 2 'a) => error

; exact, inexact
(exact 0.5) => 1/2
(exact 2.0) => 2
(exact 5) => 5
(exact 1/3) => 1/3
(exact -0.0) => 0
(exact 0.1) => 3602879701896397/36028797018963968
(exact 1e20) => 100000000000000000000
(exact 1e-5) => 5902958103587057/590295810358705651712
(exact +inf.0) => error
(exact -inf.0) => error
(exact +nan.0) => error
(exact 'a) => error
(inexact 1/3) => 0.3333333333333333
(inexact 1) => 1.0
(inexact 1.5) => 1.5
(inexact big) => 1e30
(inexact (expt 10 400)) => +inf.0
(inexact (- (expt 10 400))) => -inf.0
(inexact (/ (expt 10 400) (+ 1 (expt 10 399)))) => 10.0
(inexact (/ 1 (expt 10 400))) => 0.0
(inexact 9007199254740993) => 9007199254740992.0
(inexact 9007199254740995) => 9007199254740996.0
(inexact 1/10) => 0.1
(inexact (/ 1 (expt 2 1074))) => 5e-324
(inexact (/ 1 (expt 2 1075))) => 0.0
(inexact (/ 3 (expt 2 1076))) => 5e-324
(inexact 'a) => error
(exact (floor 2.5)) => 2
(exact (inexact 1/3)) => 6004799503160661/18014398509481984

; numbers of every kind mixed
(map (lambda (x) (+ x 1)) (list 1 1.5 1/2 big)) => (2 2.5 3/2 1000000000000000000000000000001)
(map (lambda (x) (* x 2)) (list 1 1.5 1/2 big)) => (2 3.0 1 2000000000000000000000000000000)
(map - (list 1 1.5 1/2 big)) => (-1 -1.5 -1/2 -1000000000000000000000000000000)
(map integer? (list 1 1.0 1.5 1/2 big)) => (#t #t #f #f #t)
(apply + (list 1 1/2 0.5)) => 2.0
(apply * (list 2 1/2 big)) => 1000000000000000000000000000000
(let loop ((i 0) (a 1)) (if (= i 25) a (loop (+ i 1) (* a (+ i 1))))) => 15511210043330985984000000
(let loop ((i 0) (a 1)) (if (= i 70) a (loop (+ i 1) (+ a a)))) => 1180591620717411303424
(let loop ((i 0) (a 0)) (if (= i 70) a (loop (+ i 1) (- (* 2 a) 1)))) => -1180591620717411303423

; boolean arguments of optimised arithmetic are still checked
(let ((f (lambda (x) (+ x 1)))) (list (f 1) (f 1.5) (guard (e ((error-object? e) 'error)) (f 'a)))) => (2 2.5 error)
(let ((f (lambda (x y) (< x y)))) (list (f 1 2) (f 1.5 1) (guard (e ((error-object? e) 'error)) (f 'a 1)))) => (#t #f error)

; exact and inexact integers in one division: the exact one is not rounded before
(modulo 9007199254740993 2.0) => 1.0
(remainder -9007199254740993 2.0) => -1.0
(quotient 9007199254740993 3.0) => 3002399751580331.0
(floor-quotient -9007199254740993 2.0) => -4503599627370497.0
(call-with-values (lambda () (floor/ 9007199254740993 2.0)) list) => (4503599627370496.0 1.0)
(call-with-values (lambda () (truncate/ -9007199254740993 2.0)) list) => (-4503599627370496.0 -1.0)
(gcd 9007199254740993 3.0) => 3.0
(lcm 2.0 9007199254740993) => 1.8014398509481984e16
(modulo (+ (expt 10 400) 1) 10.0) => 1.0
(odd? 9007199254740993) => #t
(floor-quotient -1152921504606846976.0 100.0) => -1.152921504606847e16
(quotient 1e300 7.0) => 1.4285714285714286e299
(modulo 5 -0.0) => error
(quotient (expt 10 400) 0.0) => error

; signs of zeros
(numerator -0.0) => -0.0
(denominator -0.0) => 1.0
(+ -0.0) => -0.0
(* -0.0) => -0.0
(/ 0.0 5) => 0.0
(sqrt -0.0) => -0.0
(abs -0.0) => 0.0
(max 0.0 -0.0 1) => 1.0
(truncate -0.5) => -0.0
(exact -0.0) => 0
(eqv? 0.0 -0.0) => #f
(= 0 -0.0) => #t
(atan -0.0 -1) => -3.141592653589793

; exact numbers that doubles cannot hold
(define huge (expt 10 400))
(define tiny (/ 1 huge))
(< tiny 5e-324) => #t
(> tiny 0.0) => #t
(= tiny 0.0) => #f
(> huge 1.7976931348623157e308) => #t
(< huge +inf.0) => #t
(= huge +inf.0) => #f
(zero? tiny) => #f
(positive? tiny) => #t
(round tiny) => 0
(ceiling tiny) => 1
(floor (- tiny)) => -1
(inexact tiny) => 0.0
(* tiny huge) => 1
(close? (atan tiny 0) 1.5707963267948966) => #t
(close? (atan (- tiny) 0) -1.5707963267948966) => #t
(close? (atan tiny tiny) 0.7853981633974483) => #t
(close? (atan (- huge) (- huge)) -2.356194490192345) => #t
(close? (* 1e100 (atan 1e300 huge)) 1) => #t
(close? (atan huge 0.0) 1.5707963267948966) => #t
(close? (log huge) 921.0340371976183) => #t
(close? (log tiny) -921.0340371976183) => #t
(close? (log huge 10) 400) => #t
(close? (/ (sqrt (* 2 huge)) 1e200) 1.4142135623730951) => #t
(close? (* (sqrt (* 2 tiny)) 1e200) 1.4142135623730951) => #t
(sqrt tiny) => 1/100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
(close? (/ (expt huge 1/4) 1e100) 1) => #t
(close? (/ (expt (* 2 huge) 0.5) 1.4142135623730951e200) 1) => #t
(exp huge) => +inf.0
(exp (- huge)) => 0.0
(rationalize tiny 0) => 1/10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
(max tiny 0.0) => 0.0

; what has no answer, or one that is too large, fails at once
(expt 0 -5) => error
(exact-integer-sqrt (- huge)) => error
(exact-integer-sqrt -0.0) => error
(expt 3 (expt 2 40)) => error
(expt 1/3 (expt 2 40)) => error
(expt -7 (- (expt 2 40))) => error
(expt 2 (expt 2 62)) => error
(let ((x (expt 2 4000000000))) (* x x)) => error
(if #f (expt 7 100000000) 'not-computed) => not-computed
(expt 1 (expt 2 70)) => 1
(expt -1 (+ (expt 2 70) 1)) => -1
(expt 2.0 (expt 2 70)) => +inf.0
(expt 0.5 (expt 2 70)) => 0.0
(expt -2.0 (+ (expt 2 70) 1)) => -inf.0
(string->number "#e1e1000000000") => #f
(string->number "#e1e-1000000000") => #f
(string->number "1e1000000000000000000000") => +inf.0
(string->number "-1e-1000000000000000000000") => -0.0
(string->number "#e0e1000000000000000000000") => 0
(exact +nan.0) => error
(make-vector (expt 2 62)) => error
(make-string huge #\a) => error
(make-bytevector -1) => error
(vector-ref (vector 1 2) huge) => error
(vector-ref (vector 1 2) 1.0) => error
(number->string 10 37) => error
(number->string 10 1/2) => error
