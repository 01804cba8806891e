;; R7RS 6.2.6: complex numbers
(import (scheme base) (scheme complex) (scheme inexact))

(define (close? a b) (< (magnitude (- a b)) (* 1e-12 (+ 1 (magnitude b)))))

; literals and representations
1+2i => 1+2i
1-2i => 1-2i
+i => +i
-i => -i
+2i => +2i
-2i => -2i
0+i => +i
1+i => 1+i
1-i => 1-i
1+0i => 1
0+0i => 0
1.5+2.5i => 1.5+2.5i
1/2+3/4i => 1/2+3/4i
1+2.0i => 1.0+2.0i
1e2-1e-2i => 100.0-0.01i
(imag-part +inf.0i) => +inf.0
1-inf.0i => 1.0-inf.0i
+nan.0+nan.0i => +nan.0+nan.0i
+inf.0-nan.0i => +inf.0+nan.0i
#x1A+Fi => 26+15i
#b1+10i => 1+2i
#e1.5+2.5i => 3/2+5/2i
#i1+2i => 1.0+2.0i
1@0 => 1
'(+i -i) => (+i -i)
(symbol? '+i) => #f
(symbol? '-i) => #f
(symbol? '+j) => #t

; predicates
(complex? 1+2i) => #t
(number? 1+2i) => #t
(complex? 3) => #t
(real? 1+2i) => #f
(real? -2.5+0i) => #t
(real? -2.5+0.0i) => #f
(rational? 1+2i) => #f
(integer? 1+2i) => #f
(integer? 3+0i) => #t
(exact? 1+2i) => #t
(exact? 1.0+2.0i) => #f
(inexact? 1.0+2.0i) => #t
(inexact? 1+2i) => #f
(exact-integer? 1+2i) => #f
(finite? 1+2i) => #t
(finite? 3.0+inf.0i) => #f
(infinite? 3.0+inf.0i) => #t
(infinite? 1+2i) => #f
(nan? +nan.0+5.0i) => #t
(nan? 1+2i) => #f
(zero? 1+2i) => #f
(zero? 0.0+0.0i) => #t
(boolean? 1+2i) => #f

; equality
(= 1+2i 1+2i) => #t
(= 1+2i 1.0+2.0i) => #t
(= 1+2i 1-2i) => #f
(= 1 1+i) => #f
(eqv? 1+2i 1+2i) => #t
(eqv? 1+2i 1.0+2.0i) => #f
(equal? 1+2i 1+2i) => #t
(eqv? 1.0+2.0i 1.0+2.0i) => #t
(eqv? 1.0-0.0i 1.0+0.0i) => #f
(memv 1+i '(1 1+i 2)) => (1+i 2)
(case 1+i ((1) 'one) ((1+i) 'complex)) => complex
(< 1 1+i) => error
(> 1+i 1) => error
(<= +i +i) => error
(positive? 1+i) => error
(negative? +i) => error
(max 1 1+i) => error
(min +i) => error
(odd? +i) => error

; arithmetic
(+ 1+2i 3-i) => 4+i
(+ 1+2i 1-2i) => 2
(+ 1 +i) => 1+i
(+ 1/2 +i) => 1/2+i
(+ 0.5 +i) => 0.5+1.0i
(- 1+2i) => -1-2i
(- 1+2i 1+2i) => 0
(- 5 +i) => 5-i
(* +i +i) => -1
(* 1+2i 3-i) => 5+5i
(* 2 1+2i) => 2+4i
(* 1+i 1-i) => 2
(/ 1+2i 3-i) => 1/10+7/10i
(/ +i) => -i
(/ 1 +i) => -i
(/ 1+i 2) => 1/2+1/2i
(/ 2 1+i) => 1-i
(/ 1+i 0) => error
(square +i) => -1
(square 1+2i) => -3+4i
(apply + '(1+i 2 -i)) => 3
(+ 1+i 'a) => error
(* 1+i "a") => error
(quotient 1+i 1) => error
(floor 1+i) => error
(round +i) => error
(numerator +i) => error
(gcd +i) => error
(abs 1+i) => error

; parts
(make-rectangular 1 2) => 1+2i
(make-rectangular 1 0) => 1
(make-rectangular 1.5 2) => 1.5+2.0i
(make-rectangular 1/2 1/3) => 1/2+1/3i
(make-rectangular 0 1) => +i
(make-rectangular 'a 1) => error
(make-rectangular 1 +i) => error
(make-polar 2 0) => 2
(close? (make-polar 1 3.141592653589793) -1) => #t
(close? (make-polar 2 1.5707963267948966) +2i) => #t
(make-polar 1 'a) => error
(make-polar +i 1) => error
(real-part 1+2i) => 1
(imag-part 1+2i) => 2
(real-part 5) => 5
(imag-part 5) => 0
(imag-part 5.0) => 0
(real-part 1.5-2.5i) => 1.5
(imag-part 1.5-2.5i) => -2.5
(real-part 'a) => error
(imag-part "1") => error
(magnitude 3+4i) => 5
(magnitude -5) => 5
(magnitude 3.0-4.0i) => 5.0
(magnitude 1/2) => 1/2
(magnitude 'a) => error
(close? (magnitude 1+i) 1.4142135623730951) => #t
(close? (magnitude 1e300+1e300i) 1.4142135623730952e300) => #t
(= 0 (angle 5)) => #t
(close? (angle -1) 3.141592653589793) => #t
(close? (angle +i) 1.5707963267948966) => #t
(close? (angle -i) -1.5707963267948966) => #t
(close? (angle 1+i) 0.7853981633974483) => #t
(close? (angle -1.0-0.0i) -3.141592653589793) => #t
(angle 'a) => error

; exactness
(exact 1.5+2.0i) => 3/2+2i
(inexact 1+2i) => 1.0+2.0i
(inexact 1/2+1/4i) => 0.5+0.25i
(exact 1.0+inf.0i) => error

; roots and powers
(sqrt -1) => +i
(sqrt -4) => +2i
(sqrt -1/4) => +1/2i
(= +1.5i (sqrt -2.25)) => #t
(sqrt +2i) => 1+i
(sqrt -3+4i) => 1+2i
(sqrt -3-4i) => 1-2i
(close? (sqrt +i) 0.7071067811865476+0.7071067811865475i) => #t
(close? (sqrt -2) +1.4142135623730951i) => #t
(close? (sqrt -1.0-0.0i) -i) => #t
(close? (sqrt -1.0+0.0i) +i) => #t
(close? (expt -1 1/2) +i) => #t
(expt +i 2) => -1
(expt +i 3) => -i
(expt +i 4) => 1
(expt 1+i 2) => +2i
(expt 1+i 10) => +32i
(expt 1+i -1) => 1/2-1/2i
(expt +i 0) => 1
(close? (expt -8 1/3) 1+1.7320508075688772i) => #t
(close? (expt +i +i) 0.20787957635076193) => #t
(close? (expt 2 +i) 0.7692389013639721+0.6389612763136348i) => #t
(close? (expt 2.0 1+i) 1.5384778027279442+1.2779225526272695i) => #t

; exact parts that doubles cannot hold
(sqrt (make-rectangular 0 (/ 2 (expt 10 400)))) => 1/100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000+1/100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000i
(close? (* 1e160 (sqrt (make-rectangular (/ 3 (expt 10 320)) (/ 4 (expt 10 320))))) 2+i) => #t
(close? (/ (sqrt (make-rectangular (* 2 (expt 10 400)) (* 3 (expt 10 400)))) 1e200) 1.6741492280355401+0.8959774761298381i) => #t
(close? (/ (sqrt (make-rectangular (* -2 (expt 10 400)) (* -3 (expt 10 400)))) 1e200) 0.8959774761298381-1.6741492280355401i) => #t
(close? (angle (make-rectangular (expt 10 400) (expt 10 400))) 0.7853981633974483) => #t
(close? (angle (make-rectangular 0 (/ -1 (expt 10 400)))) -1.5707963267948966) => #t
(close? (log (make-rectangular 0 (expt 10 400))) 921.0340371976183+1.5707963267948966i) => #t
(close? (acos (expt 10 400)) +921.7271843781782i) => #t
(close? (asin (expt 10 400)) 1.5707963267948966-921.7271843781782i) => #t
(close? (asin (- (expt 10 400))) -1.5707963267948966+921.7271843781782i) => #t
(close? (expt (/ 1 (expt 10 400)) +i) -0.8538859887580494+0.520460102411979i) => #t
(magnitude (make-rectangular (* 3 (expt 10 400)) (* 4 (expt 10 400)))) => 50000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000

; infinite parts
(asin +inf.0+i) => 1.5707963267948966+inf.0i
(asin -inf.0-i) => -1.5707963267948966-inf.0i
(acos -inf.0+i) => 3.141592653589793-inf.0i
(acos +inf.0-i) => 0.0+inf.0i

; powers
(expt 3/5+4/5i 3) => -117/125+44/125i
(expt 1/2+1/3i 4) => -119/1296+5/54i
(expt 1/2+1/3i -2) => 180/169-432/169i
(= 1 (expt 0.0+1.0i 100000000)) => #t
(expt 0.0+1.0i 100000001) => 0.0+1.0i
(expt -1.0+0.0i 100000001) => -1.0+0.0i
(expt 0.0+1.0i 2.0) => -1.0+0.0i
(expt 0.0+0.0i 0.0) => 1.0
(= 1 (expt 0 0.0+0.0i)) => #t
(= 1 (expt 0.0 0.0+0.0i)) => #t
(= 0 (expt 0 1+i)) => #t
(= 0 (expt 0.0 1+i)) => #t
(close? (/ (expt 1e300 1.0-0.0i) 1e300) 1) => #t
(expt 1+i (expt 10 30)) => error
(expt +i (expt 10 30)) => 1

; transcendental functions and their branch cuts
(close? (exp +3.141592653589793i) -1) => #t
(close? (exp 1+i) 1.4686939399158851+2.2873552871788423i) => #t
(close? (log -1) +3.141592653589793i) => #t
(close? (log +i) +1.5707963267948966i) => #t
(close? (log -i) -1.5707963267948966i) => #t
(close? (log -1.0-0.0i) -3.141592653589793i) => #t
(close? (log 1+i) 0.34657359027997264+0.7853981633974483i) => #t
(close? (log -8 2) 3+4.532360141827194i) => #t
(close? (sin +i) +1.1752011936438014i) => #t
(close? (sin 1+i) 1.2984575814159773+0.6349639147847361i) => #t
(close? (cos +i) 1.5430806348152437) => #t
(close? (cos 1+i) 0.8337300251311491-0.9888977057628651i) => #t
(close? (tan +i) +0.7615941559557649i) => #t
(close? (tan 1+i) 0.2717525853195117+1.0839233273386946i) => #t
(close? (asin 2) 1.5707963267948966-1.3169578969248166i) => #t
(close? (acos 2) +1.3169578969248166i) => #t
(close? (asin +i) +0.881373587019543i) => #t
(close? (acos +i) 1.5707963267948966-0.881373587019543i) => #t
(close? (atan +2i) 1.5707963267948966+0.5493061443340549i) => #t
(close? (+ (atan (vector-ref (vector 1.0+2.0i) 0)) 2.0) 3.3389725222944935+0.40235947810852507i) => #t
(close? (* 2.0 (log (vector-ref (vector 1.0+2.0i) 0))) 1.6094379124341003+2.214297435588181i) => #t
(close? (sqrt (inexact -2i)) 1.0-1.0i) => #t
((lambda (x) (close? (sqrt (+ (inexact x) -2i)) 1.0-1.0i)) 0) => #t
(map (lambda (z x) (let ((w (* 1.0 (if z (- x 1) -2i)))) (close? (sqrt w) (if z 2 1.0-1.0i)))) '(#t #f) '(5 5)) => (#t #t)
(map (lambda (x) (let ((r (sqrt (+ 1.5 (sqrt (+ 2.5 (inexact x))))))) (close? (* r r) (+ 1.5 (sqrt (+ x 2.5)))))) '(1 -4 +i 1/2)) => (#t #t #t #t)
(close? (atan 1+i) 1.0172219678978514+0.4023594781085251i) => #t
(close? (sin (asin 2)) 2) => #t
(close? (cos (acos 1+i)) 1+i) => #t
(close? (tan (atan 1+2i)) 1+2i) => #t
(close? (exp (log -3+4i)) -3+4i) => #t
(atan +i 1) => error
(atan 1 +i) => error

; text
(number->string 1+2i) => "1+2i"
(number->string -i) => "-i"
(number->string 1.5-0.5i) => "1.5-0.5i"
(number->string 10+255i 16) => "a+ffi"
(number->string 1/2-1/3i 2) => "1/10-1/11i"
(string->number "1+2i") => 1+2i
(string->number "+i") => +i
(string->number "-i") => -i
(string->number "1-i") => 1-i
(string->number "1@0") => 1
(string->number "i") => #f
(string->number "1i") => #f
(string->number "+1") => 1
(string->number "1+") => #f
(string->number "1+2") => #f
(string->number "1+2i3") => #f
(string->number "1+i+i") => #f
(string->number "++i") => #f
(string->number "1+2I") => 1+2i
(string->number "+inf.0+nan.0i") => +inf.0+nan.0i
(string->number "1e2+3e4i") => 100.0+30000.0i
(string->number "1/2+1/3i") => 1/2+1/3i
(string->number "ff+ai" 16) => 255+10i
(string->number "1@") => #f
(close? (string->number "1@1") 0.5403023058681398+0.8414709848078965i) => #t
(string->number "i" 19) => 18
(string->number "+i" 36) => 18
(string->number "+i" 18) => +i
(let loop ((r 2)) (or (> r 36) (and (eqv? 1/2-3i (string->number (number->string 1/2-3i r) r)) (loop (+ r 1))))) => #t
(let loop ((r 2)) (or (> r 36) (and (eqv? 0.1-1e-9i (string->number (number->string 0.1-1e-9i r) r)) (loop (+ r 1))))) => #t
(let loop ((r 2)) (or (> r 36) (and (eqv? -inf.0+i (string->number (number->string -inf.0+i r) r)) (loop (+ r 1))))) => #t
(string->number "+inf.0i") => 0.0+inf.0i
(string->number "-inf.0-inf.0i") => -inf.0-inf.0i
(string->number "+5-0i") => 5
(string->number "-0i") => 0
(string->number "#x+i") => +i
(string->number "#X-I") => -i
(string->number "#xF+i") => 15+i
(string->number "#xFi") => #f
(string->number "#e+1.5i") => +3/2i
(string->number "#i-i") => 0.0-1.0i
(string->number "#b1+10i") => 1+2i
(string->number "1/0+i") => #f
(string->number "1+1/0i") => #f
(string->number "#e1+inf.0i") => #f
(string->number "1+-i") => #f
(string->number "+-i") => #f
(string->number "+.i") => #f
(string->number "+.5i") => 0.0+0.5i
(string->number "1@2i") => #f
(string->number "1@+0") => 1
(string->number "0@5") => 0
(string->number "1@@2") => #f
(string->number "i+1") => #f
