;; Memory: a long-lived tree, and many short-lived ones of every depth. Input: repetitions, depth.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (make-tree depth)
  (if (= depth 0)
      (vector #f #f)
      (vector (make-tree (- depth 1)) (make-tree (- depth 1)))))

(define (count-nodes tree)
  (if (vector-ref tree 0)
      (+ 1 (count-nodes (vector-ref tree 0)) (count-nodes (vector-ref tree 1)))
      1))

(define (short-lived depth deepest)
  (let ((trees (expt 2 (- deepest depth))))
    (let loop ((i 0) (nodes 0))
      (if (= i trees)
          nodes
          (loop (+ i 1) (+ nodes (count-nodes (make-tree depth))))))))

(define (work deepest)
  (let ((long-lived (make-tree deepest)))
    (let loop ((depth 4) (nodes 0))
      (if (> depth deepest)
          (+ nodes (count-nodes long-lived))
          (loop (+ depth 2) (+ nodes (short-lived depth deepest)))))))

(let* ((count (read)) (depth (read)))
  (write (repeat count (lambda () (work depth))))
  (newline))
