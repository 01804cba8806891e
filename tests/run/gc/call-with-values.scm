;; A collection that `call-with-values` asks for moves its producer and its consumer.
;; value: (300 45150 (300 300))
(define (keep x) (vector-ref (vector x) 0))

(define (both i)
  (call-with-values
    (keep (lambda () (call/cc (lambda (k) (k i i)))))
    (keep (lambda (a b) (list a b)))))

(let loop ((i 0) (sum 0) (last '()))
  (if (= i 300)
      (list i sum last)
      (let ((l (both (+ i 1)))) (loop (+ i 1) (+ sum (car l)) l))))
