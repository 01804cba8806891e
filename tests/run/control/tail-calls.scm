;; A million iterations through every tail position, in constant space.
;; slow: a million safepoints
;; value: done
(import (scheme base) (scheme case-lambda))
(define n 1000000)
(define (f-if i) (if (= i 0) #t (f-if (- i 1))))
(define (f-cond i) (cond ((= i 0) #t) (else (f-cond (- i 1)))))
(define (f-arrow i) (cond ((= i 0) #t) ((- i 1) => f-arrow)))
(define (f-case i) (case i ((0) #t) (else (f-case (- i 1)))))
(define (f-and i) (or (= i 0) (and #t (f-and (- i 1)))))
(define (f-when i) (if (= i 0) #t (when #t (f-when (- i 1)))))
(define (f-unless i) (if (= i 0) #t (unless #f (f-unless (- i 1)))))
(define (f-let i) (let ((j (- i 1))) (letrec ((x j)) (if (< j 0) #t (f-let j)))))
(define (f-apply i) (if (= i 0) #t (apply f-apply (list (- i 1)))))
(define (f-cc i) (if (= i 0) #t (call/cc (lambda (k) (f-cc (- i 1))))))
(define (f-values i) (if (= i 0) #t (call-with-values (lambda () (- i 1)) f-values)))
(define f-case-lambda (case-lambda ((i) (f-case-lambda i 0)) ((i j) (if (= i 0) #t (f-case-lambda (- i 1))))))
(define (f-do i) (do () (#t (if (= i 0) #t (f-do (- i 1))))))
(define (even i) (if (= i 0) #t (odd (- i 1))))
(define (odd i) (if (= i 0) #f (even (- i 1))))
(for-each (lambda (f) (unless (f n) (error "wrong answer" f)))
          (list f-if f-cond f-arrow f-case f-and f-when f-unless f-let f-apply f-cc f-values f-case-lambda f-do even))
'done
