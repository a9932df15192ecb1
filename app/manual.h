#pragma once

#include <string>

// What is written of the program for those who use it, made from its option table: it cannot say
// anything else than the program does.
namespace app {

// faultline(1) and faultline.toml(5), in man(7)'s macros.
std::string manual_page();
std::string settings_page();

// A configuration file with every key, its meaning, default and variable; each key is a remark, so
// that the file as it stands sets nothing.
std::string settings_template();

}  // namespace app
