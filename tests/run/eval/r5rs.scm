;; (scheme r5rs) and its environments.
(import (scheme r5rs))

(define (show value) (write value) (newline))
(define report (scheme-report-environment 5))
(define null (null-environment 5))
(show (eval '(let loop ((i 0)) (if (= i 5) i (loop (+ i 1)))) report))
(show (eval '(inexact->exact (exact->inexact 1/2)) report))
(show (eval '((lambda (x) (if x 'yes 'no)) #t) null))
(show (eval '(let ((x 1)) (let-syntax ((m (syntax-rules () ((_ a) a)))) (m x))) null))
(show (inexact->exact 2.5))
(show (exact->inexact 1/4))
(show (eval '(string-append "a" "b") (interaction-environment)))
(show (force (delay (* 6 7))))
;; output: 5
;; output: 1/2
;; output: yes
;; output: 1
;; output: 5/2
;; output: 0.25
;; output: "ab"
;; output: 42
