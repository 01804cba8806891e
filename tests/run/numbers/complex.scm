;; Complex numbers: literals, predicates, parts, arithmetic, and what refuses them.
;; output: (+i -i 1+2i 1/2-3/4i 1.0-0.5i 1000.0+inf.0i 0.0+1.5i 3/2+2i 31+10i 1 2)
;; output: (#t #t #f #f #f #f) (#t #f #f) (#f #t #f)
;; output: (1 2 5 1.4142135623730951 3.141592653589793 0)
;; output: (4 11+2i -1/5+2/5i -2+2i 0 2.0+inf.0i 1+i)
;; output: (#t #f #t #f #t #t #f #t)
;; output: (+i +2i 2+i 1-2i 0.0+1.4142135623730951i 1/2+1/3i)
;; output: (-1 -i 1 -1/2i 0.0+2.0i 1/2 8 1.0+1.7320508075688772i)
;; output: ("ff+10i" "-1/2+i" "+i" "1.5-0.0i" "+nan.0-inf.0i")
;; output: (1+2i 255-16i +i #f #f #f #f 0.0-1.0i)
;; output: (3/2+2i 1 0.5+3.0i 1.0+0.0i)
;; output: "<: argument 1 must be a real number, but is 1+2i"
;; output: "max: argument 2 must be a real number, but is +i"
;; output: "floor: argument 1 must be a real number, but is 1.0+2.0i"
;; output: "even?: argument 1 must be an integer, but is 2+2i"
;; output: "make-rectangular: argument 2 must be a real number, but is +i"
;; output: "+: argument 1 must be a number, but is a"
;; output: "/: division by zero"
;; output: "positive?: argument 1 must be a real number, but is +i"
;; output: "exact: argument 1 must be a finite number, but is 1.0+inf.0i"
;; output: (#f (1.0+1.0i . b))
;; output: #(+i (1/2+i . 2.0-1.0i))
(import (scheme base) (scheme complex) (scheme inexact) (scheme write))

(define (show . items)
  (let loop ((items items))
    (write (car items))
    (unless (null? (cdr items))
      (display " ")
      (loop (cdr items))))
  (newline))
(define-syntax message
  (syntax-rules ()
    ((_ e) (show (guard (c (#t (error-object-message c))) e)))))
;; Hides a value from the optimiser.
(define hidden (list 1))
(define (hide x) (set-car! hidden x) (car hidden))

(show '(+i -i 1+2i 1/2-3/4i 1.0-1/2i 1e3+inf.0i +1.5i #e1.5+2i #x1F+Ai 1@0 2+0i))
(show (map (lambda (p) (p (hide 1+2i))) (list number? complex? real? rational? integer? exact-integer?))
      (map exact? '(1+2i 1.0+2i 1.0))
      (map real? (list 1.0+0.0i 1+0i (hide +i))))
(show (list (real-part (hide 1+2i)) (imag-part 1+2i) (magnitude 3+4i) (magnitude 1+i) (angle -1) (imag-part 2.5)))
(show (list (+ (hide 1+2i) 3-2i) (* (hide 1+2i) 3-4i) (/ 1+2i (hide 3-4i)) (- (hide 2-2i)) (- 1+2i (hide 1+2i))
            (* 2.0 (hide 1.0+inf.0i)) (/ 2 (hide 1-i))))
(show (list (= 1 (hide 1.0+0.0i)) (eqv? 1.0+0.0i 1) (eqv? 1+2i (hide 1+2i)) (eqv? 1.0+0.0i 1.0-0.0i)
            (equal? '(1.5+2i) (list (hide 1.5+2.0i))) (zero? (hide 0.0+0.0i)) (zero? +i) (nan? 1.0+nan.0i)))
(show (list (sqrt (hide -1)) (sqrt -4) (sqrt (hide 3+4i)) (sqrt -3-4i) (sqrt (hide -2.0)) (sqrt (* 1/2+1/3i 1/2+1/3i))))
(show (list (expt (hide +i) 2) (expt +i (hide 3)) (expt +i (expt 10 30)) (expt 1+i (hide -2)) (expt 1.0+1.0i 2)
            (expt 4 (hide -1/2)) (expt 4 3/2) (expt -8 (hide 1/3))))
(show (list (number->string 255+16i 16) (number->string (hide -1/2+i)) (number->string +i 2)
            (number->string 1.5-0.0i) (number->string (make-rectangular +nan.0 -inf.0))))
(show (list (string->number "1+2i") (string->number "FF-10i" 16) (string->number "+i") (string->number "1+2")
            (string->number "1+i2") (string->number "1@2@3") (string->number "1/0+i") (string->number "#i-i")))
(show (list (exact (hide 1.5+2.0i)) (exact 1.0+0.0i) (inexact 1/2+3i) (make-rectangular 1 0.0)))
(message (< (hide 1+2i) 3))
(message (max 1.0 (hide +i)))
(message (floor (hide 1.0+2.0i)))
(message (even? (hide 2+2i)))
(message (make-rectangular 1 (hide +i)))
(message (+ (hide 'a) 1+i))
(message (/ (hide 1+i) 0))
(message (positive? (hide +i)))
(message (exact (make-rectangular 1.0 (hide +inf.0))))
(show (list (assv 1+2i '((1+i . a))) (assoc (hide 1.0+1.0i) '((1+i . a) (1.0+1.0i . b)))))
(show (vector +i (cons 1/2+i (- 2.0 (hide +1.0i)))))
