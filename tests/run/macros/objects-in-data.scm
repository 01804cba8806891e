;; Objects without external representation in data that a transformer quotes
;; output: (25 #t #t)
;; output: (7 7)
(import (scheme base) (scheme write) (kestrel syntax-case))
(define-syntax show (syntax-rules () ((_ e) (begin (write e) (newline)))))
(define-syntax squaring
  (lambda (stx)
    (let ((square (lambda (x) (* x x))))
      #`(let ((in-list '(a #,square)) (in-vector '#(#,square)))
          (list ((cadr in-list) 5)
                (eq? (cadr in-list) (vector-ref in-vector 0))
                (equal? in-list (list 'a (vector-ref '#(1 #,square) 1))))))))
(show (squaring))

;; The object is the same each time the code runs.
(define-syntax counted
  (lambda (stx)
    (let* ((n 6) (count (lambda () (set! n (+ n 1)) n)))
      #`(map (lambda (x) ((car '(#,count)))) '(1)))))
(define (run) (car (counted)))
(let* ((first (run)) (second (run)))
  (show (list first (- second 1))))
