#include "app/cli.h"
#include "store/model/memory.h"

int main(int argc, char** argv) {
  model::keep_freed_memory();
  return app::run(argc, argv);
}
